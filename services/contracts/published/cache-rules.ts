const days = (count: number): number => count * 86_400

/**
 * How long published things may be kept, by their kind. A shared cache keeps a document until its tag is dropped, at most for a day;
 * a browser asks again after five seconds, and may show what it has while it asks until that is ten seconds old (Chromium does, as
 * stale-while-revalidate says: what is good for the CDN must not be long). When nothing answers, what is known serves for a month.
 */
export const cacheRules = {
  /** Small, and changed by edits. */
  document: `public, max-age=5, s-maxage=${days(1)}, stale-while-revalidate=5, stale-if-error=${days(30)}`,
  /** Its name is the hash of its bytes. */
  immutable: `public, max-age=${days(365)}, s-maxage=${days(365)}, immutable`,
  /** A script that pages load: a browser asks again after five minutes, the CDN keeps it until it is dropped. */
  script: `public, max-age=300, s-maxage=${days(1)}, stale-while-revalidate=${days(1)}, stale-if-error=${days(30)}`,
  /** A draft for those who have the link: asked for each time, so that it is what was saved last. */
  preview: `private, no-cache, stale-if-error=${days(1)}`,
  /**
   * Read by the checkout alone, and seldom: what is kept five seconds need not be dropped, and each drop is paid. It serves as long as any
   * other when nothing answers.
   */
  sale: `public, max-age=5, s-maxage=5, stale-if-error=${days(30)}`,
  /** Told every few seconds, and worth nothing when it is old. */
  status: `public, max-age=5, s-maxage=5, stale-if-error=${days(30)}`,
} as const

export type CacheRule = keyof typeof cacheRules

/** What is not there may be there in a moment. */
export const missingSeconds = 5

/** When no store answered, it is not asked again for so long: readers of what is known do not wait for it each time. */
export const failedSeconds = 1
