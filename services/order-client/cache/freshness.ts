/** How old what was read is. */
export type Freshness = {
  /** The API did not answer, and this is what it said before. */
  readonly isStale: boolean
  /** When the API said it: UTC, ISO 8601. */
  readonly storedAt: string
}
/** What was read, and how old it is. The two marks are there to ask for, and in no copy and no JSON of it. */
export type Read<T> = T & Freshness

export function withFreshness<T extends object>(value: T, isStale: boolean, storedAtEpochMs: number): Read<T> {
  const storedAt = new Date(storedAtEpochMs).toISOString()
  Object.defineProperties(value, { isStale: { value: isStale }, storedAt: { value: storedAt } })
  if (isMarked(value)) return value
  throw new Error('An answer cannot be marked')
}

const isMarked = <T extends object>(value: T): value is Read<T> => 'isStale' in value && 'storedAt' in value
