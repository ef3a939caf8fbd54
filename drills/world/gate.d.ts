import type { Origin } from '../../local/edge/origin.ts'
/** The way to a store, which can be closed. */
export type Gate = Origin & {
  /** Whoever asks is refused from now on, or let through again. */
  readonly set: (isOpen: boolean) => void
  /** Questions that were let through. */
  readonly asked: () => number
}
/** Stands between an edge and a store. */
export declare function gateTo(origin: Origin): Gate
