import { cacheRules } from '#contracts/published/cache-rules.ts'
import { tagHeader, tagOf } from '#contracts/published/cache-tags.ts'
import { documentPaths, immutablePaths, keyOfPath } from '#contracts/published/document-paths.ts'
import { createEdge, type Edge } from '../../local/edge/edge.ts'
import type { Origin } from '../../local/edge/origin.ts'
import { seededRandom } from '../../local/samples/random.ts'
import { zipf } from './zipf.ts'

export type TrafficOptions = {
  readonly views: number
  readonly publications: number
  /** Caches of their own, none behind another. */
  readonly edges: number
  /** Each of one publication, drawn like the views. */
  readonly edits: number
  readonly hours: number
  readonly documentBytes: number
  readonly thumbnailBytes: number
  readonly seed: number
  readonly signal: AbortSignal
}

export type Traffic = {
  readonly requests: number
  readonly originRequests: number
  /** Reads that waited for no store. */
  readonly hitShare: number
  /** Views of an edited publication that showed what was before the edit. */
  readonly staleAfterPurge: number
}

const checkedEvery = 10_000

/** Counts what reaches the stores when so many views with two reads each, spread evenly over the time, meet so many edges. */
export async function measureTraffic(options: TrafficOptions): Promise<Traffic> {
  const { views, publications, edits, hours, signal } = options
  const random = seededRandom(options.seed)
  const draw = zipf(publications, random)
  const versions = new Uint32Array(publications)
  let now = 0
  const origin = originOf(versions, options)
  const edges = Array.from({ length: options.edges }, () =>
    createEdge({ origin, now: () => new Date(now), capacityBytes: 2 ** 30 }),
  )
  const viewsOfAnEdit = edits === 0 ? Number.POSITIVE_INFINITY : views / edits
  let [done, staleAfterPurge] = [0, 0]
  for (let view = 0; view < views; view += 1) {
    if (view % checkedEvery === 0) signal.throwIfAborted()
    now = (view / views) * hours * 3_600_000
    if (Math.floor(view / viewsOfAnEdit) > done) {
      done += 1
      const edited = draw()
      versions[edited] = (versions[edited] ?? 0) + 1
      for (const edge of edges) edge.purge([tagOf.publication(idOf(edited))])
    }
    const edge = edges[Math.floor(random() * edges.length)]
    const publication = draw()
    if (edge && (await look(edge, publication)) !== versions[publication]) staleAfterPurge += 1
  }
  const stats = edges.map((edge) => edge.stats())
  const sum = (count: (each: (typeof stats)[number]) => number): number =>
    stats.reduce((total, each) => total + count(each), 0)
  const requests = sum(({ reads }) => reads.Hit + reads.Miss + reads.Stale + reads.Error)
  return {
    requests,
    originRequests: sum(({ originRequests }) => originRequests),
    hitShare: sum(({ reads }) => reads.Hit + reads.Stale) / requests,
    staleAfterPurge,
  }
}

const idOf = (publication: number): string => `pub_${publication}`

/** One view: the document, and its thumbnail. The version that was shown. */
async function look(edge: Edge, publication: number): Promise<number> {
  const { headers } = await edge.read(keyOfPath(documentPaths.publication(idOf(publication))))
  await edge.read(keyOfPath(immutablePaths.thumbnail(idOf(publication), 320)))
  return Number(headers.etag?.replaceAll('"', ''))
}

/** What the store would hold; bodies are of the measured size, and shared: only their length counts. */
function originOf(versions: Uint32Array, { documentBytes, thumbnailBytes }: TrafficOptions): Origin {
  const document = new Uint8Array(documentBytes)
  const thumbnail = new Uint8Array(thumbnailBytes)
  return {
    get: async (key, { ifNoneMatch }) => {
      const id = /pub_(\d+)/.exec(key)?.[1] ?? '0'
      const isDocument = key.endsWith('.json')
      const etag = `"${isDocument ? (versions[Number(id)] ?? 0) : id}"`
      const headers = {
        etag,
        'cache-control': isDocument ? cacheRules.document : cacheRules.immutable,
        [tagHeader]: isDocument ? tagOf.publication(`pub_${id}`) : '',
      }
      if (ifNoneMatch === etag) return { status: 304, headers, body: new Uint8Array() }
      return { status: 200, headers, body: isDocument ? document : thumbnail }
    },
  }
}
