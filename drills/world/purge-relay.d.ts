/** Takes a purge as a CDN does: told once, done at every edge. */
export type PurgeRelay = {
  readonly url: string
  /** An edge that is to be told from now on. */
  readonly add: (edgeUrl: string) => void
  readonly close: () => Promise<void>
}
/** Answers 200 when every edge has dropped the tags. `onDone` hears of it before the one who asked for it does. */
export declare function startPurgeRelay(onDone?: (tags: readonly string[]) => void): Promise<PurgeRelay>
