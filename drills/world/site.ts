import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3'
import { publicRoot } from '#contracts/published/document-paths.ts'
import { localFacilities } from '../../local/facilities.ts'
import { buckets } from '../../local/platform/cloud-environment.ts'
import { printClientName } from '../../local/platform/processes.ts'
import { type DrillPlatform, startDrillPlatform } from './drill-platform.ts'
import { type DrillEdge, type EdgeTime, ourEdge, type Stores, varnishEdge } from './edges.ts'
import { type Caller, makePublications, pathOf, unwritten } from './publications.ts'
import { type PurgeRelay, startPurgeRelay } from './purge-relay.ts'
import { until } from './until.ts'

/** A platform with publications, everything of them published, and edges in front. */
export type Site = DrillPlatform & {
  readonly caller: Caller
  readonly relay: PurgeRelay
  /** Paths of the publications' documents; the first is read most often. */
  readonly publications: readonly string[]
  readonly ids: readonly string[]
  /** Everything else that visitors read. */
  readonly others: readonly string[]
}

export type SiteOptions = {
  readonly publications: number
  readonly onPurged?: (tags: readonly string[]) => void
  readonly tell: (words: string) => void
  readonly signal: AbortSignal
}

/** Nobody prints anything here. */
const idle = ['processor', 'simulated-shop', ...localFacilities.map(({ id }) => printClientName(id))]

/** Everything that is started is ended with `stack`. */
export async function openSite(stack: AsyncDisposableStack, options: SiteOptions): Promise<Site> {
  const { tell, signal } = options
  const relay = await startPurgeRelay(options.onPurged)
  stack.defer(() => relay.close())
  const environment = { 'order-worker': { PURGE_URLS: relay.url } }
  const drill = await startDrillPlatform({ without: idle, environment }, signal)
  stack.defer(drill.close)
  const { apiUrl, secretKey } = drill.platform.local
  const caller = { apiUrl, secretKey }
  tell(`${options.publications} publications`)
  const ids = await makePublications(caller, drill, options.publications)
  await until(
    'every document is written',
    async () => {
      const left = await unwritten(drill.database)
      if (left > 0) tell(`${left} documents are still to be written`)
      return left === 0
    },
    signal,
    { everyMilliseconds: 2_000, withinSeconds: 900 },
  )
  const publications = ids.map(pathOf)
  const others = (await listPaths(drill.s3)).filter((path) => !/\/(publications|sales|previews|status)\//.test(path))
  return { ...drill, caller, relay, ids, publications, others }
}

/** Addresses of what lies in the documents bucket: packed forms are chosen by the edge. */
async function listPaths(s3: S3Client): Promise<string[]> {
  const paths: string[] = []
  let after: string | undefined
  do {
    const wanted = { Bucket: buckets.documents, Prefix: publicRoot.slice(1) }
    const page = await s3.send(new ListObjectsV2Command({ ...wanted, ...(after && { ContinuationToken: after }) }))
    for (const { Key } of page.Contents ?? []) if (Key && !/\.(br|gz)$/.test(Key)) paths.push(`/${Key}`)
    after = page.NextContinuationToken
  } while (after !== undefined)
  return paths
}

/** Room for a few hundred documents: most of ten thousand come from a store. */
export const smallBytes = 1024 * 1024
export const threeEdges = ['edge 1', 'edge 2', 'edge 3']
export const twoEdges = ['edge 1', 'edge 2']

export type EdgesOptions = EdgeTime & {
  readonly names: readonly string[]
  /** Of ours; a Varnish is small where its memory is, and has 64 MiB here. */
  readonly capacityBytes: number
}

/** Some edges of ours, and a Varnish where there is one; empty all of them. */
export async function openEdges(stack: AsyncDisposableStack, stores: Stores, options: EdgesOptions) {
  const edges: DrillEdge[] = []
  const keep = (edge: DrillEdge): void => void edges.push(stack.adopt(edge, (each) => each.close()))
  for (const name of options.names) keep(await ourEdge(name, stores, options))
  const varnish = await varnishEdge(`Varnish (${options.names[0]})`, stores, options.timesFaster)
  if (varnish) keep(varnish)
  return edges
}

export const cachesOf = (edges: readonly DrillEdge[]): string => {
  const varnishes = edges.filter(({ name }) => name.startsWith('Varnish')).length
  const own = `${edges.length - varnishes} local edges`
  return varnishes > 0 ? `${own} and a Varnish with xkey` : `${own} (Varnish with xkey is not installed here)`
}
