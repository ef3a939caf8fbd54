import { type Outcome } from '../../local/edge/edge.ts'
import type { Origin } from '../../local/edge/origin.ts'
export type Reply = {
  /** 0: no answer at all. */
  readonly status: number
  readonly outcome: Outcome | 'none'
  readonly text: string
}
/** One place of a CDN, which listens on this machine. */
export type DrillEdge = {
  readonly name: string
  readonly url: string
  readonly read: (path: string) => Promise<Reply>
  readonly close: () => Promise<void>
}
export type Stores = {
  readonly first: Origin
  readonly standby: Origin
}
export type EdgeTime = {
  readonly now: () => Date
  /** For a Varnish, which has a clock of its own. */
  readonly timesFaster: number
}
/** The edge of `npm start`, on a clock that the drill moves. */
export declare function ourEdge(
  name: string,
  stores: Stores,
  {
    now,
    capacityBytes,
  }: Pick<EdgeTime, 'now'> & {
    readonly capacityBytes: number
  },
): Promise<DrillEdge>
/** A real Varnish; undefined where it is not installed. Its time runs `timesFaster` than ours. */
export declare function varnishEdge(name: string, stores: Stores, timesFaster: number): Promise<DrillEdge | undefined>
