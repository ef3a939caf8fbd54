import { seededRandom } from '../../local/samples/random.ts'
import { type Drill, type DrillContext, type Figure, none, type Outcome } from '../drill.ts'
import { cachesOf, type EdgesOptions, openEdges, openSite, type Site, smallBytes, threeEdges } from '../world/site.ts'
import { newTally, readAll, readOnce, type Tally, visitorsOf } from '../world/traffic.ts'
import { type Attempt, tracesOf, tryOrder } from './attempts.ts'
import { ordersOfPurchases } from './bought-orders.ts'
import { buyAll, noPurchases, purchaseFigures } from './buyers.ts'
import { recover } from './recover.ts'

export type OriginDownOptions = DrillContext & {
  /** How long six hours last here. */
  readonly outageSeconds: number
  readonly coldReads: number
}

const outageHours = 6
const faultsKept = 5
/** So long before the outage the edges were filled: what they know is a day old in the midst of it. */
const filledHoursBefore = 21
/** Shares of the outage in which the first store refuses as well. */
const refuses = { from: 1 / 3, to: 2 / 3 } as const

/** P06's drill: everything that works is killed, and nobody who reads notices. */
export const originDown: Drill = {
  name: 'origin-down',
  shows:
    'API, worker and database are killed for 6 h, the first store refuses for 2 h of them: every read is served, cold edges too, and the checkout sells',
  publications: 10_000,
  run: (context) => runOriginDown({ ...context, outageSeconds: 40, coldReads: 1_000 }),
}

export async function runOriginDown(options: OriginDownOptions): Promise<Outcome> {
  await using stack = new AsyncDisposableStack()
  const { tell, signal, outageSeconds } = options
  const site = await openSite(stack, options)
  const clock = createClock(outageSeconds)
  const small = { now: clock.now, timesFaster: (outageHours * 3600) / outageSeconds, capacityBytes: smallBytes }
  const edges = await openEdges(stack, site.stores, { ...small, names: threeEdges })
  for (const { url } of edges) site.relay.add(url)
  const draw = visitorsOf(site.publications, site.others, options.seed)
  const visitors = { edges, draw, signal }

  tell('visitors before the outage')
  const before = newTally()
  await readAll({ ...visitors, tally: before, goesOn: timesOver(outageSeconds / 4) })

  tell('the database is killed, then API and worker')
  clock.toOutage()
  const attempts = await takeDown(site)
  const during = newTally()
  const cold = newTally()
  const purchases = noPurchases()
  const over = timesOver(outageSeconds)
  clock.run()
  await Promise.all([
    readAll({ ...visitors, tally: during, goesOn: over }),
    buyAll({ site, seed: options.seed, goesOn: over, into: purchases }),
    readCold(stack, { site, edge: { ...small, names: ['cold'] }, options, tally: cold, clock }),
  ])
  site.stores.first.set(true)

  tell('everything is started again')
  const returnedAt = performance.now()
  const recovery = await recover(site, edges, signal)
  const ordered = await ordersOfPurchases(site, purchases, { signal, returnedAt })
  const traces = await tracesOf(site.database, attempts)
  const again = await tryOrder(site.caller, attempts[0]?.key)
  const sold = [...purchaseFigures(purchases), ...ordered]
  return {
    caches: cachesOf(edges),
    figures: [...readFigures(before, during, cold), ...orderFigures(attempts, traces, again), ...sold, ...recovery],
    faults: [...during.faults, ...cold.faults, ...purchases.faults.slice(0, faultsKept)],
  }
}

/** Real seconds become hours of the outage; before and after it stands still. */
function createClock(outageSeconds: number) {
  const start = Date.now()
  let hours = -filledHoursBefore
  let beganAt: number | undefined
  const share = (): number =>
    beganAt === undefined ? 0 : Math.min(1, (performance.now() - beganAt) / 1000 / outageSeconds)
  return {
    now: () => new Date(start + (hours + share() * outageHours) * 3_600_000),
    toOutage: () => {
      hours = 0
    },
    run: () => {
      beganAt = performance.now()
    },
    share,
  }
}

const timesOver = (seconds: number): (() => boolean) => {
  let end: number | undefined
  return () => {
    end ??= performance.now() + seconds * 1000
    return performance.now() < end
  }
}

/** First the database alone: then the API itself has to say it. After that nobody is left behind the door. */
async function takeDown({ platform, caller }: Site): Promise<readonly Attempt[]> {
  for (const name of ['postgres', 'data-api']) await platform.takeDown(name)
  const attempts = [await tryOrder(caller), await tryOrder(caller)]
  for (const name of ['order-api', 'order-worker']) await platform.takeDown(name)
  const door = { ...caller, apiUrl: platform.local.baseUrl }
  return [...attempts, await tryOrder(door), await tryOrder(door)]
}

type Cold = {
  readonly site: Site
  readonly edge: EdgesOptions
  readonly options: OriginDownOptions
  readonly tally: Tally
  readonly clock: { readonly share: () => number }
}

/** Edges that begin with nothing in them, while the first store refuses, and after it. */
async function readCold(stack: AsyncDisposableStack, { site, edge: cold, options, tally, clock }: Cold): Promise<void> {
  const random = seededRandom(options.seed + 1)
  const all = [...site.publications, ...site.others]
  const some = () => Array.from({ length: options.coldReads }, () => all[Math.floor(random() * all.length)] ?? '')
  const reached = async (share: number): Promise<void> => {
    while (clock.share() < share) {
      options.signal.throwIfAborted()
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  await reached(refuses.from)
  options.tell('the first store refuses: the standby serves')
  site.stores.first.set(false)
  for (const edge of await openEdges(stack, site.stores, cold)) await readOnce(edge, some(), tally)
  await reached(refuses.to)
  site.stores.first.set(true)
  for (const edge of await openEdges(stack, site.stores, cold)) await readOnce(edge, some(), tally)
}

function readFigures(before: Tally, during: Tally, cold: Tally): Figure[] {
  return [
    { name: 'reads before the outage', value: before.reads },
    none('of them failed', before.failed),
    { name: 'reads in 6 h without API, worker and database', value: during.reads },
    { name: 'of them served', value: during.reads - during.failed },
    { name: 'of them served stale', value: during.stale },
    { name: 'of them from the stores', value: during.misses },
    none('of them failed', during.failed),
    { name: 'reads at edges that began empty meanwhile', value: cold.reads },
    {
      name: 'of them served',
      value: cold.reads === 0 ? 0 : (100 * (cold.reads - cold.failed)) / cold.reads,
      unit: '%',
      wanted: { is: 'exactly', value: 100 },
    },
  ]
}

function orderFigures(attempts: readonly Attempt[], traces: number, again: Attempt): Figure[] {
  const honest = attempts.filter(({ status }) => status === 503).length
  return [
    { name: 'orders tried meanwhile', value: attempts.length },
    { name: 'told 503', value: honest, wanted: { is: 'exactly', value: attempts.length } },
    none('rows that they left', traces),
    {
      name: 'status of one of them, sent again afterwards',
      value: again.status,
      wanted: { is: 'exactly', value: 201 },
    },
  ]
}
