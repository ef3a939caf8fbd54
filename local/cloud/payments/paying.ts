import { announce } from './events.ts'
import type { Intent, Session } from './records.ts'
import { epochSeconds, stripeId, type World } from './world.ts'

/** What somebody does on the payment page. A card that is refused changes nothing. */
export type Deed = 'pay' | 'refuse' | 'later_paid' | 'later_failed'

/** Does it to an open session; any other stays as it is. Gives the session as it then stands. */
export function actOn(world: World, session: Session, deed: Deed): Session {
  if (session.status !== 'open' || deed === 'refuse') return session
  const created = epochSeconds(world.now())
  const isPaid = deed === 'pay'
  const intent: Intent = {
    id: stripeId('pi'),
    livemode: session.livemode,
    amount: session.amount_total,
    amount_received: isPaid ? session.amount_total : 0,
    currency: session.currency,
    status: isPaid ? 'succeeded' : 'processing',
    metadata: session.intent_metadata,
    session: session.id,
    created,
    ...(isPaid ? { charged: created } : {}),
  }
  const done: Session = {
    ...session,
    status: 'complete',
    payment_status: isPaid ? 'paid' : 'unpaid',
    payment_intent: intent.id,
    ...(isPaid ? {} : { settles: settlesOf(world, deed) }),
  }
  world.journal.put({ kind: 'intent', record: intent })
  world.journal.put({ kind: 'session', record: done })
  announce(world, done, 'checkout.session.completed')
  return done
}

const settlesOf = ({ now, laterMilliseconds }: World, deed: Deed): NonNullable<Session['settles']> => ({
  as: deed === 'later_paid' ? 'succeeded' : 'failed',
  at: now().getTime() + laterMilliseconds,
})

/** A payment that took its time arrives, or does not. */
export function settle(world: World, session: Session, as: 'succeeded' | 'failed'): Session {
  const { settles, ...rest } = session
  const intent = world.journal.intents.get(session.payment_intent ?? '')
  if (!settles || !intent) return session
  const isPaid = as === 'succeeded'
  const settled: Session = { ...rest, payment_status: isPaid ? 'paid' : 'unpaid' }
  const moved: Intent = isPaid
    ? { ...intent, status: 'succeeded', amount_received: intent.amount, charged: epochSeconds(world.now()) }
    : { ...intent, status: 'requires_payment_method' }
  world.journal.put({ kind: 'intent', record: moved })
  world.journal.put({ kind: 'session', record: settled })
  announce(world, settled, `checkout.session.async_payment_${as}`)
  return settled
}
