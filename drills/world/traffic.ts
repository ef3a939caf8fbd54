import { setTimeout as wait } from 'node:timers/promises'
import { zipf } from '../../bench/published/zipf.ts'
import { seededRandom } from '../../local/samples/random.ts'
import type { DrillEdge, Reply } from './edges.ts'

/** One read in so many is of something else than a publication: catalogue, offers, prices, pages. */
const othersEvery = 5

/** Draws what visitors read: publications by Zipf(1), the first most often, and everything else evenly. */
export function visitorsOf(publications: readonly string[], others: readonly string[], seed: number): () => string {
  const random = seededRandom(seed)
  const rank = zipf(publications.length, random)
  let count = 0
  return () => {
    count += 1
    if (count % othersEvery !== 0 || others.length === 0) return publications[rank()] ?? ''
    return others[Math.floor(random() * others.length)] ?? ''
  }
}

export type Tally = {
  reads: number
  hits: number
  stale: number
  misses: number
  failed: number
  readonly faults: string[]
}

export const newTally = (): Tally => ({ reads: 0, hits: 0, stale: 0, misses: 0, failed: 0, faults: [] })

const faultsKept = 5

/** Counts one reply; a document of something else is a failure as well. */
export function count(tally: Tally, path: string, { status, outcome, text }: Reply, edge: string): void {
  tally.reads += 1
  if (outcome === 'Hit') tally.hits += 1
  if (outcome === 'Stale') tally.stale += 1
  if (outcome === 'Miss') tally.misses += 1
  const id = /(pub_[0-9a-z]+)/.exec(path)?.[1] ?? ''
  if (status === 200 && text !== '' && text.includes(id)) return
  tally.failed += 1
  if (tally.faults.length < faultsKept)
    tally.faults.push(`${edge} answered ${path} with ${status} ${text.slice(0, 120)}`)
}

export type Round = {
  readonly edges: readonly DrillEdge[]
  readonly draw: () => string
  readonly tally: Tally
  readonly signal: AbortSignal
  /** Goes on as long as it says so. */
  readonly goesOn: () => boolean
  /** Between two reads of one reader. */
  readonly pauseMilliseconds?: number
  /** Called before a read begins; what it gives judges the reply. */
  readonly judge?: (path: string) => (reply: Reply) => void
}

const readersOfAnEdge = 4

/** Every edge is read by a few readers at once, each as fast as it is answered. */
export async function readAll({ edges, draw, tally, signal, goesOn, judge, pauseMilliseconds }: Round): Promise<void> {
  const reader = async (edge: DrillEdge): Promise<void> => {
    while (goesOn()) {
      signal.throwIfAborted()
      const path = draw()
      const verdict = judge?.(path)
      const reply = await edge.read(path)
      verdict?.(reply)
      count(tally, path, reply, edge.name)
      if (pauseMilliseconds !== undefined) await wait(pauseMilliseconds, undefined, { signal })
    }
  }
  await Promise.all(edges.flatMap((edge) => Array.from({ length: readersOfAnEdge }, () => reader(edge))))
}

/** Each of these paths once, at one edge. */
export async function readOnce(edge: DrillEdge, paths: readonly string[], tally: Tally): Promise<void> {
  const left = paths.values()
  await Promise.all(
    Array.from({ length: readersOfAnEdge }, async () => {
      for (const path of left) count(tally, path, await edge.read(path), edge.name)
    }),
  )
}
