import type { PrintcloudError } from '../printcloud-error.ts'
import type { Freshness } from './freshness.ts'

/** An answer of before was served, because there was no new one. */
export type StaleAnswer = {
  /** What was read, such as /v1/catalogue. */
  readonly path: string
  /** When it was said: UTC, ISO 8601. */
  readonly storedAt: string
  readonly ageSeconds: number
  /** Why there is no new one. */
  readonly cause: PrintcloudError
}
export type OnStale = (answer: StaleAnswer) => unknown

type Told = {
  readonly path: string
  readonly read: Freshness
  readonly cause: PrintcloudError
  readonly nowEpochMs: number
}

/** Tells whoever asked to be told. What fails in there is theirs: the read has its answer. */
export async function tellStale(onStale: OnStale | undefined, { path, read, cause, nowEpochMs }: Told): Promise<void> {
  const { storedAt } = read
  const ageSeconds = Math.max(0, Math.floor((nowEpochMs - Date.parse(storedAt)) / 1000))
  try {
    await onStale?.({ path, storedAt, ageSeconds, cause })
  } catch {
    // Promised above.
  }
}
