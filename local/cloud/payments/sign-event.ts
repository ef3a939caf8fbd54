import { createHmac } from 'node:crypto'
import type { PaymentEvent } from './records.ts'

/** The body of a webhook and its Stripe-Signature, of this moment, by one secret. */
export function signEvent(
  event: PaymentEvent,
  secret: string,
  now: Date,
): { readonly body: string; readonly signature: string } {
  const body = JSON.stringify({
    id: event.id,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: event.created,
    data: { object: event.object },
    livemode: event.livemode,
    pending_webhooks: event.waiting.length,
    request: { id: null, idempotency_key: null },
    type: event.type,
  })
  const at = Math.floor(now.getTime() / 1000)
  const signature = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
  return { body, signature: `t=${at},v1=${signature}` }
}
