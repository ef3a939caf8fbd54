/** What can be written down and read again. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined }

/** What was loaded. Without `value` there is none, and that is known too. */
export type Entry<T> = {
  readonly value?: T
  /** When the load began: what it found is as old as that. */
  readonly atEpochMs: number
  /** When a refresh failed last. */
  readonly failedAtEpochMs?: number
}

export type Ages = {
  /** So long an entry serves as it is. */
  readonly freshMilliseconds: number
  /** After that it serves so long while one refresh runs in the background. */
  readonly staleMilliseconds: number
  /** Instead of `staleMilliseconds`, while refreshes fail. */
  readonly staleOnErrorMilliseconds: number
  /** So long it is known that there is none; 0: it is asked each time. */
  readonly absentMilliseconds: number
}

/** After a refresh that failed, what is known serves so long before the next one is tried. */
const pauseMilliseconds = 1000

/** What an entry is good for: to be served, to be served while a new one is fetched, or nothing. */
export function standingOf(entry: Entry<unknown>, nowEpochMs: number, ages: Ages): 'fresh' | 'stale' | 'old' {
  const age = nowEpochMs - entry.atEpochMs
  // The clock was set back: nobody knows how old it is.
  if (age < 0) return 'old'
  if (entry.value === undefined) return age < ages.absentMilliseconds ? 'fresh' : 'old'
  if (age < ages.freshMilliseconds) return 'fresh'
  if (entry.failedAtEpochMs !== undefined && servesOnError(entry, nowEpochMs, ages)) {
    return nowEpochMs - entry.failedAtEpochMs < pauseMilliseconds ? 'fresh' : 'stale'
  }
  return age < ages.freshMilliseconds + ages.staleMilliseconds ? 'stale' : 'old'
}

/** Whether it is better than the error of a load. */
export function servesOnError(entry: Entry<unknown>, nowEpochMs: number, ages: Ages): boolean {
  const age = nowEpochMs - entry.atEpochMs
  return entry.value !== undefined && age >= 0 && age < ages.freshMilliseconds + ages.staleOnErrorMilliseconds
}
