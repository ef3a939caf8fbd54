import { setTimeout as wait } from 'node:timers/promises'
import { eventTypeNames } from '#contracts/event-types.ts'
import type { PrintcloudClient, Webhook, WebhookDelivery } from '../../order-client/index.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { isMeant, paintOf, tell, yes } from '../output.ts'
import { usageFault } from '../read-arguments.ts'
import { tableText } from '../text/table.ts'
import { timeText } from '../text/words.ts'
import { wholeNumber } from '../wanted-items.ts'
import { firstWord } from '../words-given.ts'

const webhookIdIn = (context: CommandContext, command: string): string =>
  firstWord(context, command, 'the id of a webhook (whk_…)')

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

const webhooksTest: Command = {
  name: 'webhooks test',
  usage: 'WEBHOOK',
  summary: 'send a test event and see what came back',
  options: {},
  run: async (context) => {
    const id = webhookIdIn(context, 'webhooks test')
    const { webhooks } = await context.client()
    const { delivery_id } = await webhooks.test(id, { signal: context.signal })
    const delivery = await attempted(context, webhooks, id, delivery_id)
    tell(context, delivery, () => deliveryWords(delivery))
    return delivery.state === 'delivered' ? exitCodes.fine : exitCodes.endedBadly
  },
}

/** Longer than one attempt may take. */
const attemptWithinMilliseconds = 45_000
const lookEveryMilliseconds = 300

async function attempted(
  { signal, terminal }: CommandContext,
  webhooks: PrintcloudClient['webhooks'],
  id: string,
  deliveryId: string,
): Promise<WebhookDelivery> {
  const until = performance.now() + attemptWithinMilliseconds
  for (;;) {
    for await (const delivery of webhooks.deliveries(id, { signal })) {
      if (delivery.id !== deliveryId) continue
      if (delivery.attempts.length > 0 || delivery.state !== 'pending' || performance.now() > until) return delivery
      break
    }
    terminal.progress('On its way …')
    await wait(lookEveryMilliseconds, undefined, { signal })
  }
}

function deliveryWords({ state, attempts, next_attempt_at }: WebhookDelivery): string {
  const last = attempts.at(-1)
  if (last === undefined) return 'Not sent yet; "webhooks deliveries" tells when it was.'
  const what = last.status === undefined ? (last.fault ?? 'no answer') : `status ${last.status}`
  const next = next_attempt_at === null ? '' : `; next attempt ${timeText(next_attempt_at)}`
  return state === 'delivered' ? `✓ Delivered in ${last.milliseconds} ms: ${what}` : `✗ Not delivered: ${what}${next}`
}

const webhooksDeliveries: Command = {
  name: 'webhooks deliveries',
  usage: 'WEBHOOK',
  summary: 'what was sent, and what came back',
  options: { limit: { value: 'N', text: 'how many; 20 without' } },
  run: async (context) => {
    const id = webhookIdIn(context, 'webhooks deliveries')
    const most = wholeNumber(context.given, 'limit', 'webhooks deliveries') ?? 20
    const { webhooks } = await context.client()
    const found: WebhookDelivery[] = []
    for await (const delivery of webhooks.deliveries(id, { signal: context.signal })) {
      found.push(delivery)
      if (found.length >= most) break
    }
    tell(context, { data: found }, () =>
      found.length === 0
        ? 'Nothing was sent yet.'
        : tableText(
            [
              { title: 'SEQUENCE', isNumber: true },
              { title: 'EVENT', isElastic: true },
              { title: 'STATE' },
              { title: 'TRIES', isNumber: true },
              { title: 'LAST ANSWER' },
            ],
            found.map(({ sequence, event_type, state, attempts }) => {
              const last = attempts.at(-1)
              const answer = last?.status === undefined ? (last?.fault ?? '') : String(last.status)
              return [String(sequence), event_type, state, String(last?.attempt ?? 0), answer.slice(0, 28)]
            }),
            paintOf(context),
          ),
    )
    return exitCodes.fine
  },
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
