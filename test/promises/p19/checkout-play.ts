import type { Entry } from '../../../local/cloud/payments/books.ts'
import { workOf } from '../../../services/button-checkout/checkouts/work-of.ts'
import { imbalanceOf } from '../../loopback/button-checkout/money/balance.ts'
import type { MoneyWorld } from '../../loopback/button-checkout/money/money-world.ts'
import { pass } from '../../loopback/button-checkout/money/settle-down.ts'
import { visitorOf } from '../../loopback/button-checkout/money/visitor.ts'
import type { Sequence } from './checkout-commands.ts'
import { type Play, perform } from './checkout-perform.ts'

export type Counts = { charges: number; orders: number; refunds: number; flagged: number; steps: number }

const hour = 3600_000

/** One checkout from arriving to when nothing is left to be done; gives what broke the promise. */
export async function play(
  world: MoneyWorld,
  table: { isAway: boolean },
  { quantity, moments }: Sequence,
  counts: Counts,
): Promise<readonly string[]> {
  allIsWell(world, table)
  const visitor = visitorOf(world)
  const { id, path } = await visitor.arrive(quantity)
  const seen = await visitor.look(path)
  const run: Play = { world, table, visitor, id, path, tabs: [seen, seen], sessions: ['', ''], clicked: new Map() }
  const watch = createWatch(run)
  for (const moment of moments) {
    counts.steps += moment.length
    await Promise.all(moment.map((step) => perform(run, step, watch.look)))
    watch.look()
  }
  allIsWell(world, table)
  // Payment pages close, transfers arrive, pauses end.
  await pass(world, 5 * hour, hour / 3)
  watch.look()
  const left = await world.store.find(id)
  const open = left ? workOf(left) : ['find']
  const faults = [...watch.faults, ...imbalanceOf(world, id), ...open.map((work) => `${work} is left to be done`)]
  const entries = world.standIn.control.books().filter(({ checkout }) => checkout === id)
  const isOrdered = world.desk.orders.has(id)
  if (entries.length > 0 && !isOrdered && !mayComeToNothing(moments))
    faults.push('paid, and never ordered without a reason')
  counts.charges += entries.filter(({ kind }) => kind === 'charge').length
  counts.refunds += entries.filter(({ kind }) => kind === 'refund').length
  counts.orders += isOrdered ? 1 : 0
  counts.flagged += world.ears.of('paid_not_ordered', id).length > 0 ? 1 : 0
  return faults
}

/** Somebody cancelled, or order-api said never: then, and only then, what was paid may be no order. */
const mayComeToNothing = (moments: Sequence['moments']): boolean =>
  moments.flat().some((step) => step.do === 'cancel' || (step.do === 'api' && step.weather === 'refuses'))

function allIsWell(world: MoneyWorld, table: { isAway: boolean }): void {
  table.isAway = false
  world.desk.state.weather = 'fine'
  world.standIn.control.setFault('unavailable', 0)
}

/** Looks at the provider's books and at order-api's orders after each step, for what must hold at every moment. */
function createWatch({ world, table, id, clicked }: Play) {
  const faults = new Set<string>()
  const chargedAt = new Map<string, number>()
  let badAt = Number.NEGATIVE_INFINITY
  let faultsLeft = 0
  const check = (charge: Entry, isSettled: boolean): void => {
    const said = clicked.get(charge.session)
    if (said !== charge.amount) faults.add(`charged ${charge.amount}, and the button said ${said}`)
    const since = chargedAt.get(charge.payment_intent) ?? world.clock.nowEpochMs
    chargedAt.set(charge.payment_intent, since)
    // Nobody can tell what they cannot know: the provider or the store was away.
    const isOld = world.clock.nowEpochMs - Math.max(since, badAt) > hour
    const isTold = world.ears.of('paid_not_ordered', id).length > 0
    if (!isSettled && isOld && !isTold) faults.add('paid for an hour, and nobody was told')
  }
  const look = (): void => {
    const left = world.standIn.control.faultsLeft()
    // A fault waits for a request: it is bad when it is set, and again each time that one meets it.
    if (table.isAway || left !== faultsLeft) badAt = world.clock.nowEpochMs
    faultsLeft = left
    const entries = world.standIn.control.books().filter(({ checkout }) => checkout === id)
    const charges = entries.filter(({ kind }) => kind === 'charge')
    const paidBy = world.desk.orders.get(id)?.request.sale?.payment_reference
    if (paidBy !== undefined && !charges.some(({ payment_intent: reference }) => reference === paidBy)) {
      faults.add('something unpaid was ordered')
    }
    for (const charge of charges) {
      const reference = charge.payment_intent
      const isBack = entries.some((each) => each.kind === 'refund' && each.payment_intent === reference)
      check(charge, isBack || paidBy === reference)
    }
  }
  return { faults, look }
}
