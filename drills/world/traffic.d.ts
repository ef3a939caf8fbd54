import type { DrillEdge, Reply } from './edges.ts'
/** Draws what visitors read: publications by Zipf(1), the first most often, and everything else evenly. */
export declare function visitorsOf(
  publications: readonly string[],
  others: readonly string[],
  seed: number,
): () => string
export type Tally = {
  reads: number
  hits: number
  stale: number
  misses: number
  failed: number
  readonly faults: string[]
}
export declare const newTally: () => Tally
/** Counts one reply; a document of something else is a failure as well. */
export declare function count(tally: Tally, path: string, { status, outcome, text }: Reply, edge: string): void
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
/** Every edge is read by a few readers at once, each as fast as it is answered. */
export declare function readAll({ edges, draw, tally, signal, goesOn, judge, pauseMilliseconds }: Round): Promise<void>
/** Each of these paths once, at one edge. */
export declare function readOnce(edge: DrillEdge, paths: readonly string[], tally: Tally): Promise<void>
