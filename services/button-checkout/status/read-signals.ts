import { Refused, Transient } from '#chassis/errors.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import type { MoneyContext } from '../orders/money-context.ts'

/** How the checkout is, by what it can see without order-api and its database. Ages of what waits longest; 0: nothing waits. */
export type Signals = {
  readonly overdueSeconds: number
  readonly notOrderedSeconds: number
  /** closed: no world has a key. */
  readonly payments: 'answers' | 'silent' | 'closed'
}

export type Watching = Pick<MoneyContext, 'store' | 'payments' | 'now'>

/** Nobody's session: the provider says so, if it says anything. */
const nobodysSession = 'cs_test_nobody'
/** Paid ones that wait for order-api come again at most five minutes later, those of the worker that has them within its lease. */
const aheadMilliseconds = 6 * 60_000
/** The first of them stand for all: after a bad day thousands wait. */
const mostLookedAt = 50

/** Undefined when the table does not answer. */
export async function readSignals(watching: Watching): Promise<Signals | undefined> {
  const { store, now } = watching
  const asked = paymentsSignal(watching)
  try {
    const ids = await store.due(new Date(now().getTime() + aheadMilliseconds), mostLookedAt)
    const found = (await Promise.all(ids.map((id) => readable(watching, id)))).filter((each) => each !== undefined)
    return {
      overdueSeconds: oldest(found, now(), ({ dueAt }) => dueAt),
      notOrderedSeconds: oldest(found, now(), ({ state, paidAt }) => (state === 'paid' ? paidAt : undefined)),
      payments: await asked,
    }
  } catch (error) {
    await asked
    if (error instanceof Transient) return undefined
    throw error
  }
}

/** One that cannot be read is the sweeper's to tell. */
async function readable({ store }: Watching, id: string): Promise<Checkout | undefined> {
  try {
    return await store.find(id)
  } catch (error) {
    if (error instanceof Transient) throw error
    return undefined
  }
}

function oldest(checkouts: readonly Checkout[], now: Date, timeOf: (checkout: Checkout) => string | undefined): number {
  const times = checkouts.flatMap((each) => timeOf(each) ?? [])
  return Math.max(0, ...times.map((at) => (now.getTime() - Date.parse(at)) / 1000))
}

/** Any answer counts, a refusal too. */
async function paymentsSignal({ payments }: Watching): Promise<Signals['payments']> {
  const isTest = !payments.isOpen(false)
  if (!payments.isOpen(isTest)) return 'closed'
  try {
    await payments.look(isTest, nobodysSession)
    return 'answers'
  } catch (error) {
    return error instanceof Refused ? 'answers' : 'silent'
  }
}
