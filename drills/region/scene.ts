import { uploadPoster } from '../../bench/orders/upload-poster.ts'
import type { DrillContext } from '../drill.ts'
import type { DrillEdge } from '../world/edges.ts'
import { ask, type Caller, makePublications, pathOf, unwritten } from '../world/publications.ts'
import { startPurgeRelay } from '../world/purge-relay.ts'
import { openEdges, twoEdges } from '../world/site.ts'
import { until } from '../world/until.ts'
import { type Facilities, openFacilities } from './facilities.ts'
import { createLedger } from './ledger.ts'
import { openTwoClouds, type TwoClouds } from './two-clouds.ts'

/** Room for a few dozen documents: the others come from a store. */
const capacityBytes = 32 * 1024
export const minutes = { everyMilliseconds: 250, withinSeconds: 180 }

export type Scene = TwoClouds & {
  readonly context: DrillContext
  readonly facilities: Facilities
  readonly ledger: ReturnType<typeof createLedger>
  readonly edges: readonly DrillEdge[]
  readonly ids: readonly string[]
  readonly callers: { readonly primary: Caller; readonly standby: Caller }
}

/** Two clouds at work, with everything published. */
export async function openScene(stack: AsyncDisposableStack, context: DrillContext): Promise<Scene> {
  const { signal, tell } = context
  tell('two clouds')
  const relay = await startPurgeRelay()
  stack.defer(() => relay.close())
  const clouds = await openTwoClouds(stack, relay.url, signal)
  const { primary, standby } = clouds
  const { secretKey, apiUrl } = primary.platform.local
  const callers = { primary: { apiUrl, secretKey }, standby: { apiUrl: standby.platform.local.apiUrl, secretKey } }
  const ids = await makePublications(callers.primary, primary, context.publications)
  await until('every document is written', async () => (await unwritten(primary.database)) === 0, signal, minutes)
  const facilities = await openFacilities(stack)
  await facilities.workWith(primary)
  const fileId = await uploadPoster(primary.platform.local, primary.dataFolder)
  const time = { now: () => new Date(), timesFaster: 1 }
  const edges = await openEdges(stack, clouds.stores, { ...time, capacityBytes, names: twoEdges })
  for (const { url } of edges) relay.add(url)
  return { ...clouds, context, facilities, ledger: createLedger(fileId), edges, ids, callers }
}

/** Resolves when every accepted order is delivered. */
export const deliveredAt = ({ ledger, context }: Scene, caller: Caller) =>
  until('every order is delivered', async () => (await ledger.undelivered(caller)) === 0, context.signal, minutes)

/** Edits a publication; resolves when every edge shows it. */
export async function edited(caller: Caller, ids: readonly string[], edges: readonly DrillEdge[], signal: AbortSignal) {
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
