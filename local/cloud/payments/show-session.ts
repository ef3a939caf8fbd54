import type { Intent, Session } from './records.ts'
import type { World } from './world.ts'

/** A session in Stripe's shape. `expand` as in the address: payment_intent, payment_intent.latest_charge. */
export function showSession(
  { journal, publicUrl }: Pick<World, 'journal' | 'publicUrl'>,
  session: Session,
  expand: readonly string[] = [],
): unknown {
  const { intent_metadata, settles, description, ...shown } = session
  const intent = session.payment_intent === null ? undefined : journal.intents.get(session.payment_intent)
  const isExpanded = expand.some((path) => path.startsWith('payment_intent'))
  return {
    ...shown,
    object: 'checkout.session',
    mode: 'payment',
    amount_subtotal: session.amount_total,
    payment_intent: intent && isExpanded ? showIntent(intent, expand) : session.payment_intent,
    url: session.status === 'open' ? `${publicUrl}/c/pay/${session.id}` : null,
  }
}

function showIntent({ session, charged, ...intent }: Intent, expand: readonly string[]): unknown {
  const id = intent.id.replace(/^pi_/, 'ch_')
  const isExpanded = expand.includes('payment_intent.latest_charge')
  const charge = isExpanded ? { id, object: 'charge', amount: intent.amount_received, created: charged } : id
  return { ...intent, object: 'payment_intent', latest_charge: charged === undefined ? null : charge }
}
