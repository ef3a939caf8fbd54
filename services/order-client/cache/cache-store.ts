/** Where answers are kept. What you pass in may be Redis, a KV namespace, IndexedDB …; a failure in it never fails a read. */
export type CacheStore = {
  readonly get: (key: string) => Promise<string | undefined>
  readonly set: (key: string, text: string) => Promise<void>
  readonly delete: (key: string) => Promise<void>
}

/** How reads are kept for the time when the API does not answer. */
export type CacheOptions = {
  readonly store: CacheStore
  /** Nothing older than that is served in place of an answer; a day without it. */
  readonly maximumStaleSeconds?: number
  /** How long a 404 is remembered; ten seconds without it, 0 for never. */
  readonly notFoundSeconds?: number
}
