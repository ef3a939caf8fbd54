/** Asks until the answer is yes. Throws when `signal` aborts, and when the time is over. */
export declare function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  signal: AbortSignal,
  {
    everyMilliseconds,
    withinSeconds,
  }?: {
    everyMilliseconds?: number | undefined
    withinSeconds?: number | undefined
  },
): Promise<void>
