import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { Check } from 'typebox/value'
import { booksOf, type Entry } from './books.ts'
import { post, type Traffic } from './deliver.ts'
import type { Fault, Faults } from './faults.ts'
import { actOn, type Deed, settle } from './paying.ts'
import type { PaymentEvent } from './records.ts'
import { sessionIn } from './sessions.ts'
import { invalid, missing } from './stripe-fault.ts'
import type { World } from './world.ts'

/** What tests do to the stand-in, and ask it; over HTTP under /control as well. */
export type Control = {
  readonly books: () => readonly Entry[]
  readonly events: () => readonly PaymentEvent[]
  /** What a visitor does on the payment page. */
  readonly act: (sessionId: string, deed: Deed) => void
  /** A payment that was to come later comes now, or does not. */
  readonly settle: (sessionId: string, as: 'succeeded' | 'failed') => void
  /** Brings an event (once more) to an address; signed by another secret, or as of another time, where asked. The answer's status. */
  readonly deliver: (
    eventId: string,
    url: string,
    how?: { readonly secret?: string; readonly at?: Date },
  ) => Promise<number>
  readonly setTraffic: (traffic: Traffic) => void
  readonly setFault: (fault: Fault, count: number) => void
  /** Faults that no request has met yet. */
  readonly faultsLeft: () => number
}

export function createControl(
  world: World,
  secret: string,
  faults: Faults,
  setTraffic: (traffic: Traffic) => void,
): Control {
  const { journal, now } = world
  const session = (id: string) => sessionIn(world, journal.sessions.get(id)?.livemode ?? false, id)
  return {
    books: () => booksOf(journal),
    events: () => [...journal.events.values()],
    act: (id, deed) => void actOn(world, session(id), deed),
    settle: (id, as) => void settle(world, session(id), as),
    deliver: (id, url, how) => {
      const event = journal.events.get(id)
      if (!event) throw missing('event', id)
      return post(url, event, how?.secret ?? secret, how?.at ?? now())
    },
    setTraffic,
    setFault: faults.set,
    faultsLeft: faults.left,
  }
}

const Act = Type.Object({ session: Type.String(), deed: Type.Enum(['pay', 'refuse', 'later_paid', 'later_failed']) })
const Settle = Type.Object({ session: Type.String(), as: Type.Enum(['succeeded', 'failed']) })
const Deliver = Type.Object({ event: Type.String(), url: Type.String(), secret: Type.Optional(Type.String()) })
const SetTraffic = Type.Object({ traffic: Type.Enum(['flow', 'hold', 'drop']) })
const SetFault = Type.Object({ fault: Type.Enum(['unavailable', 'lost_answer']), count: Type.Integer({ minimum: 0 }) })

/** The same for tests in other processes. */
export function showControl(server: FastifyInstance, control: Control): void {
  const wrong = () => invalid('The control API does not understand this body.')
  server.get('/control/books', async () => control.books())
  server.get('/control/events', async () => control.events())
  server.post('/control/act', async ({ body }) => {
    if (!Check(Act, body)) throw wrong()
    return control.act(body.session, body.deed)
  })
  server.post('/control/settle', async ({ body }) => {
    if (!Check(Settle, body)) throw wrong()
    return control.settle(body.session, body.as)
  })
  server.post('/control/deliver', async ({ body }) => {
    if (!Check(Deliver, body)) throw wrong()
    return {
      status: await control.deliver(body.event, body.url, body.secret === undefined ? {} : { secret: body.secret }),
    }
  })
  server.post('/control/traffic', async ({ body }) => {
    if (!Check(SetTraffic, body)) throw wrong()
    return control.setTraffic(body.traffic)
  })
  server.post('/control/faults', async ({ body }) => {
    if (!Check(SetFault, body)) throw wrong()
    return control.setFault(body.fault, body.count)
  })
}
