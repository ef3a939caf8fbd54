import { type DrillPlatform } from './drill-platform.ts'
import { type DrillEdge, type EdgeTime, type Stores } from './edges.ts'
import { type Caller } from './publications.ts'
import { type PurgeRelay } from './purge-relay.ts'
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
/** Everything that is started is ended with `stack`. */
export declare function openSite(stack: AsyncDisposableStack, options: SiteOptions): Promise<Site>
/** Room for a few hundred documents: most of ten thousand come from a store. */
export declare const smallBytes: number
export declare const threeEdges: string[]
export declare const twoEdges: string[]
export type EdgesOptions = EdgeTime & {
  readonly names: readonly string[]
  /** Of ours; a Varnish is small where its memory is, and has 64 MiB here. */
  readonly capacityBytes: number
}
/** Some edges of ours, and a Varnish where there is one; empty all of them. */
export declare function openEdges(
  stack: AsyncDisposableStack,
  stores: Stores,
  options: EdgesOptions,
): Promise<DrillEdge[]>
export declare const cachesOf: (edges: readonly DrillEdge[]) => string
