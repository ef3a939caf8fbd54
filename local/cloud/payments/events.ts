import type { PaymentEvent, Session } from './records.ts'
import { showSession } from './show-session.ts'
import { epochSeconds, stripeId, type World } from './world.ts'

/** Writes down that something happened; `deliverDue` brings it to every endpoint. */
export function announce(world: World, session: Session, type: string): PaymentEvent {
  const event: PaymentEvent = {
    id: stripeId('evt'),
    type,
    livemode: session.livemode,
    created: epochSeconds(world.now()),
    object: showSession(world, session),
    waiting: [...world.webhookUrls],
    tries: 0,
    nextAtEpochMs: world.now().getTime(),
  }
  world.journal.put({ kind: 'event', record: event })
  return event
}
