import { join } from 'node:path'
import { uploadPoster } from '../../bench/orders/upload-poster.ts'
import { restoreSnapshot, type Snapshot, takeSnapshot } from '../../local/cloud/postgres/snapshot.ts'
import { type Drill, type DrillContext, type Figure, none, type Outcome } from '../drill.ts'
import type { DrillEdge } from '../world/edges.ts'
import { ask, type Caller, makePublications, pathOf, unwritten } from '../world/publications.ts'
import { startPurgeRelay } from '../world/purge-relay.ts'
import { cachesOf, openEdges, twoEdges } from '../world/site.ts'
import { newTally, readAll, type Tally, visitorsOf } from '../world/traffic.ts'
import { until } from '../world/until.ts'
import { copyFiles, keepCopying } from './copy-files.ts'
import { type Facilities, openFacilities } from './facilities.ts'
import { createLedger } from './ledger.ts'
import { reconcile } from './reconcile.ts'
import { type Steps, timedSteps } from './steps.ts'
import { ground, openTwoClouds, services, type TwoClouds } from './two-clouds.ts'

/** The primary region is lost: reads go on by themselves, writes by the runbook. */
export const region: Drill = {
  name: 'region',
  shows: 'the primary region is lost: reads go on from the standby, writes by the steps of the runbook, and back',
  publications: 200,
  run: runRegion,
}

/** Room for a few dozen documents: the others come from a store. */
const capacityBytes = 32 * 1024
const pauseMilliseconds = 25
const minutes = { everyMilliseconds: 250, withinSeconds: 180 }

type Scene = TwoClouds & {
  readonly context: DrillContext
  readonly facilities: Facilities
  readonly ledger: ReturnType<typeof createLedger>
  readonly edges: readonly DrillEdge[]
  readonly ids: readonly string[]
  readonly callers: { readonly primary: Caller; readonly standby: Caller }
}

async function runRegion(context: DrillContext): Promise<Outcome> {
  await using stack = new AsyncDisposableStack()
  const scene = await openScene(stack, context)
  const { ids, edges } = scene
  const reads = newTally()
  let isOver = false
  const draw = visitorsOf(ids.map(pathOf), [], context.seed)
  const { signal } = context
  const visitors = readAll({ edges, draw, tally: reads, signal, goesOn: () => !isOver, pauseMilliseconds })
  // It is waited for below; until then its failure must not be nobody's.
  visitors.catch(() => undefined)
  stack.defer(async () => {
    isOver = true
    await visitors.catch(() => undefined)
  })
  const before = await work(scene)
  const steps = timedSteps(context.tell)
  const taken = await takeOver(scene, before, steps)
  const back = await goBack(scene, steps)
  isOver = true
  await visitors
  return {
    caches: cachesOf(edges),
    figures: [
      ...readFigures(reads),
      ...taken,
      ...back,
      ...printFigures(scene.facilities, scene.ledger.count()),
      ...steps.figures(),
    ],
    faults: reads.faults,
  }
}

async function openScene(stack: AsyncDisposableStack, context: DrillContext): Promise<Scene> {
  const { signal, tell } = context
  tell('two clouds')
  const relay = await startPurgeRelay()
  stack.defer(() => relay.close())
  const clouds = await openTwoClouds(stack, relay.url, signal)
  const { primary, standby } = clouds
  const { secretKey, apiUrl } = primary.platform.local
  const callers = { primary: { apiUrl, secretKey }, standby: { apiUrl: standby.platform.local.apiUrl, secretKey } }
  const ids = await makePublications(callers.primary, primary.database, context.publications)
  await until('every document is written', async () => (await unwritten(primary.database)) === 0, signal, minutes)
  const facilities = await openFacilities(stack)
  await facilities.workWith(primary)
  const fileId = await uploadPoster(primary.platform.local, join(primary.dataFolder))
  const time = { now: () => new Date(), timesFaster: 1 }
  const edges = await openEdges(stack, clouds.stores, { ...time, capacityBytes, names: twoEdges })
  for (const { url } of edges) relay.add(url)
  return { ...clouds, context, facilities, ledger: createLedger(fileId), edges, ids, callers }
}

/** Orders that are printed, orders whose release the dump does not know, and orders that it does not know at all. */
async function work(scene: Scene): Promise<{ readonly dump: Snapshot; readonly printed: number }> {
  const { primary, standby, callers, ledger, facilities, context } = scene
  const { signal, tell } = context
  const copying = keepCopying(primary, standby)
  const printed = (count: number) =>
    until(`${count} jobs are printed`, () => facilities.handedOver.length >= count, signal, minutes)
  try {
    tell('orders before the dump')
    await ledger.placeSome(callers.primary, 3)
    await until('they are delivered', async () => (await ledger.undelivered(callers.primary)) === 0, signal, minutes)
    await primary.platform.takeDown('processor')
    await ledger.placeSome(callers.primary, 3)
    const dump = await takeSnapshot(primary.postgresUrl)
    tell('orders after the dump')
    await primary.platform.bringBack('processor')
    await printed(6)
    await ledger.placeSome(callers.primary, 3)
    await printed(9)
    await ledger.placeSome(callers.primary, 2)
    return { dump, printed: 3 }
  } finally {
    await copying.stop()
  }
}

type Before = Awaited<ReturnType<typeof work>>

/** The runbook, "The primary region is gone". */
async function takeOver(scene: Scene, before: Before, steps: Steps): Promise<Figure[]> {
  const { primary, standby, callers, ledger, facilities, context, ids, edges } = scene
  context.tell('the primary region is lost')
  await steps.step('fence', async () => {
    for (const name of [...services, ...ground].toReversed()) await primary.platform.takeDown(name)
  })
  await steps.step('restore', () => restoreSnapshot(standby.postgresUrl, before.dump))
  const first = await steps.step('reconcile', () => reconcile(standby, '--hold'))
  await steps.step('point', async () => scene.turn())
  const moved = await steps.step('open', async () => {
    for (const name of services) await standby.platform.bringBack(name)
    await facilities.workWith(standby)
    return reconciledWith(scene, 'lost', before.printed)
  })
  const lost = await ledger.sendLostAgain(callers.standby)
  const released = await reconcile(standby, '--release')
  await ledger.placeSome(callers.standby, 2)
  await steps.step('until every order is delivered', () => deliveredAt(scene, callers.standby))
  await steps.step('until an edit is seen', () => edited(callers.standby, ids, edges, context.signal))
  const after = await reconcile(standby)
  return [
    { name: 'orders put on hold by reconcile', value: first.held, wanted: { is: 'at least', value: 1 } },
    none('orders still on hold afterwards', first.held - released.released),
    { name: 'orders of the lost minutes', value: lost },
    {
      name: 'those that a facility has, named by reconcile',
      value: moved.lost,
      wanted: { is: 'exactly', value: before.printed },
    },
    none('jobs that nobody knows after they were sent again', after.lost + after.elsewhere),
  ]
}

/** Claims come with the print clients: until every client has carried its own, some are not there. */
async function reconciledWith({ standby, context }: Scene, what: 'lost', count: number) {
  let seen = await reconcile(standby)
  const isThere = async (): Promise<boolean> => {
    seen = await reconcile(standby)
    return seen[what] >= count
  }
  await until('claims are carried', isThere, context.signal, minutes)
  return seen
}

const deliveredAt = ({ ledger, context }: Scene, caller: Caller) =>
  until('every order is delivered', async () => (await ledger.undelivered(caller)) === 0, context.signal, minutes)

async function edited(caller: Caller, ids: readonly string[], edges: readonly DrillEdge[], signal: AbortSignal) {
  const [id = ''] = ids
  const change = { title: `Harbour Lights, seen from ${caller.apiUrl}`, publish: true }
  const { version } = await ask(caller, 'PATCH', `/v1/publications/${id}`, change)
  const shows = async (edge: DrillEdge) => (await edge.read(pathOf(id))).text.includes(`"version":${version},`)
  await until(
    'every edge shows it',
    async () => (await Promise.all(edges.map(shows))).every((isNew) => isNew),
    signal,
    minutes,
  )
}

/** The same the other way round, planned: nothing is lost. */
async function goBack(scene: Scene, steps: Steps): Promise<Figure[]> {
  const { primary, standby, callers, ledger, facilities, context, ids, edges } = scene
  context.tell('back, when the primary region is well again')
  await primary.platform.bringBack('object-store')
  await until('its bucket has what it missed', () => hasNewest(scene), context.signal, minutes)
  await steps.step('return: fence', async () => {
    for (const name of services) await standby.platform.takeDown(name)
  })
  await steps.step('return: restore', async () => {
    for (const name of ground) await primary.platform.bringBack(name)
    await copyFiles({ from: standby, to: primary, withClaims: true })
    await restoreSnapshot(primary.postgresUrl, await takeSnapshot(standby.postgresUrl))
  })
  const known = await steps.step('return: reconcile', () => reconcile(primary))
  await steps.step('return: point', async () => scene.turn())
  await steps.step('return: open', async () => {
    for (const name of services) await primary.platform.bringBack(name)
    await facilities.workWith(primary)
  })
  await ledger.placeSome(callers.primary, 1)
  await deliveredAt(scene, callers.primary)
  await edited(callers.primary, ids, edges, context.signal)
  return [
    none('jobs that the returned region does not know', known.lost + known.elsewhere + known.behind),
    none('accepted orders that are nowhere or not delivered', await ledger.undelivered(callers.primary)),
  ]
}

/** The region that comes back has to have the newest text before it is asked first. */
async function hasNewest({ primary, standby, ids }: Scene): Promise<boolean> {
  const key = pathOf(ids[0] ?? '').slice(1)
  const [one, other] = await Promise.all(
    [primary.stores.first, standby.stores.standby].map((store) => store.get(key, {}).catch(() => undefined)),
  )
  return one !== undefined && other !== undefined && Buffer.compare(one.body, other.body) === 0
}

const readFigures = (reads: Tally): Figure[] => [
  { name: 'reads meanwhile', value: reads.reads },
  { name: 'of them from a store', value: reads.misses },
  none('of them failed', reads.failed),
]

function printFigures({ handedOver }: Facilities, orders: number): Figure[] {
  const jobs = new Set(handedOver).size
  return [
    { name: 'orders accepted', value: orders },
    { name: 'jobs printed', value: jobs, wanted: { is: 'exactly', value: orders } },
    none('jobs printed twice', handedOver.length - jobs),
  ]
}
