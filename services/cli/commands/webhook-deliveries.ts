import { setTimeout as wait } from 'node:timers/promises'
import type { PrintcloudClient, WebhookDelivery } from '../../order-client/index.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { paintOf, tell } from '../output.ts'
import { tableText } from '../text/table.ts'
import { soonText } from '../text/words.ts'
import { wholeNumber } from '../wanted-items.ts'
import { webhookIdIn } from '../words-given.ts'

export const webhooksTest: Command = {
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
  const next = next_attempt_at === null ? '' : `; next attempt ${soonText(next_attempt_at, Date.now())}`
  return state === 'delivered' ? `✓ Delivered in ${last.milliseconds} ms: ${what}` : `✗ Not delivered: ${what}${next}`
}

export const webhooksDeliveries: Command = {
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
