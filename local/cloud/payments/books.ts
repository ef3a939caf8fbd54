import type { Journal } from './journal.ts'

/** One movement of money: a charge goes from the customer to the shop, a refund back. */
export type Entry = {
  readonly kind: 'charge' | 'refund'
  readonly debit: string
  readonly credit: string
  readonly amount: number
  readonly currency: string
  readonly livemode: boolean
  readonly session: string
  readonly payment_intent: string
  readonly checkout: string | null
  readonly attempt: string | undefined
  /** `refund_key` of a refund's metadata. */
  readonly key?: string | undefined
}

/** Who was charged what, out of the stand-in's own records alone: what tests hold everything else against. */
export function booksOf({ sessions, intents, refunds }: Journal): Entry[] {
  const shared = (intentId: string) => {
    const intent = intents.get(intentId)
    const session = sessions.get(intent?.session ?? '')
    if (!intent || !session) throw new Error(`Payment ${intentId} has no session.`)
    return {
      currency: intent.currency.toUpperCase(),
      livemode: intent.livemode,
      session: session.id,
      payment_intent: intent.id,
      checkout: session.client_reference_id,
      attempt: session.metadata.attempt,
      customer: session.customer_email ?? 'unknown',
    }
  }
  const entries: Entry[] = []
  for (const { id, amount_received: amount } of intents.values()) {
    const { customer, ...rest } = shared(id)
    if (amount > 0) entries.push({ kind: 'charge', debit: customer, credit: 'shop', amount, ...rest })
  }
  for (const { payment_intent, amount, metadata } of refunds.values()) {
    const { customer, ...rest } = shared(payment_intent)
    entries.push({ kind: 'refund', debit: 'shop', credit: customer, amount, key: metadata.refund_key, ...rest })
  }
  return entries
}
