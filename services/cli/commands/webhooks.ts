import { eventTypeNames } from '#contracts/event-types.ts'
import type { Webhook } from '../../order-client/index.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { isMeant, paintOf, tell, yes } from '../output.ts'
import { usageFault } from '../read-arguments.ts'
import { tableText } from '../text/table.ts'
import { firstWord, webhookIdIn } from '../words-given.ts'
import { webhooksDeliveries, webhooksTest } from './webhook-deliveries.ts'

const webhooksList: Command = {
  name: 'webhooks list',
  usage: '',
  summary: 'your endpoints',
  options: {},
  run: async (context) => {
    const client = await context.client()
    const found = await client.webhooks.list({ signal: context.signal })
    tell(context, { data: found }, () =>
      found.length === 0
        ? 'No webhooks yet. Add one with "npx printcloud webhooks add https://…".'
        : tableText(
            [{ title: 'WEBHOOK' }, { title: 'STATE' }, { title: 'URL', isElastic: true }],
            found.map((webhook) => [webhook.id, stateOf(webhook), webhook.url]),
            paintOf(context),
          ),
    )
    return exitCodes.fine
  },
}

function stateOf({ enabled, disabled_reason, failing_since }: Webhook): string {
  if (!enabled) return `off${disabled_reason === undefined ? '' : `: ${disabled_reason}`}`
  return failing_since === undefined ? 'on' : '! failing'
}

const webhooksAdd: Command = {
  name: 'webhooks add',
  usage: 'URL',
  summary: 'have events sent to an address',
  options: {
    type: { value: 'TYPE', isRepeatable: true, text: 'a type of event, such as order.shipped; all without' },
    description: { value: 'TEXT', text: 'for yourself' },
  },
  run: async (context) => {
    const url = firstWord(context, 'webhooks add', 'the address')
    const description = context.given.text('description')
    const types = context.given
      .all('type')
      .flatMap((text) => text.split(','))
      .map(eventTypeOf)
    const client = await context.client()
    const made = await client.webhooks.create(
      {
        url,
        ...(types.length > 0 ? { event_types: types } : {}),
        ...(description === undefined ? {} : { description }),
      },
      { signal: context.signal },
    )
    tell(context, made, () =>
      [
        `Added ${made.id} for ${made.event_types.join(', ')}`,
        `Secret, shown this once: ${paintOf(context).strong(made.secret ?? '')}`,
        paintOf(context).quiet(`npx printcloud webhooks test ${made.id}`),
      ].join('\n'),
    )
    return exitCodes.fine
  },
}

function eventTypeOf(text: string) {
  const found = eventTypeNames.find((name) => name === text)
  if (found) return found
  throw usageFault(`There is no event ${JSON.stringify(text)}.`, 'docs/api/events.md lists all types.', 'webhooks add')
}

const webhooksRemove: Command = {
  name: 'webhooks remove',
  usage: 'WEBHOOK',
  summary: 'send nothing more to an endpoint',
  options: { yes },
  run: async (context) => {
    const id = webhookIdIn(context, 'webhooks remove')
    const client = await context.client()
    if (!(await isMeant(context, `Remove ${id}? What it has not got yet is dropped.`))) return exitCodes.endedBadly
    await client.webhooks.delete(id, { signal: context.signal })
    tell(context, { id, deleted: true }, () => `Removed ${id}.`)
    return exitCodes.fine
  },
}

export const webhookCommands: readonly Command[] = [
  webhooksList,
  webhooksAdd,
  webhooksTest,
  webhooksDeliveries,
  webhooksRemove,
]
