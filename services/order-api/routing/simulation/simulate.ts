import type { Database } from '#chassis/database.ts'
import { Refused } from '#chassis/errors.ts'
import type { RoutingPolicy } from '#contracts/order-api/routing.ts'
import {
  mostSimulatedDays,
  mostSimulatedOrders,
  type RoutingSimulation,
  type RoutingSimulationRequest,
} from '#contracts/order-api/routing-simulation.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { Principal } from '../../auth/principal.ts'
import { facilitiesOf, figuresOf, idsOf, isMoved } from './figures.ts'
import { beginningOf, ordersOfAPage, readOrders } from './read-orders.ts'
import { booksOfAllTime, type Replayed, replay } from './replay.ts'

type Wish = Omit<RoutingSimulationRequest, 'policy'> & { readonly policy: RoutingPolicy }
type Span = { readonly from: Date; readonly to: Date }

const dayMilliseconds = 86_400_000
const usualDays = 30
/** Whoever waits longer has given up; what was replayed until then is the answer. */
const mostMilliseconds = 5_000
const mostExamples = 50

/** Replays the account's orders of a time by another policy. Throws Refused `invalid_request` for a time that is none. */
export async function simulate(
  database: Database,
  { accountId, isTest, terms }: Pick<Principal, 'accountId' | 'isTest' | 'terms'>,
  wish: Wish,
  data: PriceData,
): Promise<RoutingSimulation> {
  const span = spanOf(wish, data.now)
  const by = { ...data, books: booksOfAllTime(data), policy: wish.policy }
  const until = performance.now() + mostMilliseconds
  const replayed: Replayed[] = []
  const first = beginningOf(span.from)
  let after = wish.cursor !== undefined && wish.cursor > first ? wish.cursor : first
  let isComplete = false
  while (!isComplete && replayed.length < mostSimulatedOrders && performance.now() < until) {
    const page = await readOrders(database, { accountId, isTest }, after, span.to)
    for (const order of page) replayed.push(replay(order, terms.currency, by))
    after = page.at(-1)?.id ?? after
    isComplete = page.length < ordersOfAPage
  }
  return present(replayed, wish.policy, span, isComplete ? null : after)
}

function spanOf(wish: Wish, now: Date): Span {
  const to = wish.to === undefined ? now : new Date(wish.to)
  const from = wish.from === undefined ? new Date(to.getTime() - usualDays * dayMilliseconds) : new Date(wish.from)
  const days = (to.getTime() - from.getTime()) / dayMilliseconds
  if (days > 0 && days <= mostSimulatedDays && from.getTime() > 0) return { from, to }
  const found = `${wish.from ?? 'nothing'} to ${wish.to ?? 'now'}`
  const detail = `must be before \`to\`, by at most ${mostSimulatedDays} days, and after 1970; found ${found}`
  throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', [
    { pointer: '/from', detail },
  ])
}

function present(
  replayed: readonly Replayed[],
  policy: RoutingPolicy,
  { from, to }: Span,
  next: string | null,
): RoutingSimulation {
  const moved = replayed.filter(isMoved)
  const refused = replayed.filter(({ simulated }) => simulated.length === 0)
  const others = replayed.filter((each) => isMoved(each) || each.simulated.length === 0)
  const splitOf = (name: 'happened' | 'simulated') => replayed.filter((each) => each[name].length > 1).length
  return {
    object: 'routing_simulation',
    from: from.toISOString(),
    to: to.toISOString(),
    policy,
    orders: replayed.length,
    moved: moved.length,
    by_postal_area: replayed.filter(({ placeExactness }) => placeExactness === 'postal_area').length,
    split: { happened: splitOf('happened'), simulated: splitOf('simulated') },
    not_possible: refused.length,
    late: replayed.filter(({ isLate }) => isLate).length,
    happened: figuresOf(replayed.flatMap((each) => each.happened)),
    simulated: figuresOf(replayed.flatMap((each) => each.simulated)),
    facilities: facilitiesOf(replayed),
    examples: others.slice(0, mostExamples).map(({ order, happened, simulated, reason }) => ({
      order_id: order.id,
      happened: idsOf(happened),
      simulated: idsOf(simulated),
      reason,
    })),
    is_complete: next === null,
    next,
  }
}
