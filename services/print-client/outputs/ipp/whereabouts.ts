import { jobStates } from './job-states.ts'
import type { PartMark } from './part-marks.ts'
import type { PrinterJob } from './printer.ts'

/** What is seen at the printer. */
export type Seen = {
  readonly jobs: readonly PrinterJob[]
  /** Since when it runs; undefined where it does not say. */
  readonly runsSince: Date | undefined
}

/**
 * What became of a part that was sent and not answered for: the printer's number of it; `never_arrived`, surely; `too_soon`, as the printer
 * may still be at it; `unknown`, where the printer's memory does not reach back to then. Pure.
 */
export type Whereabouts = number | 'never_arrived' | 'too_soon' | 'unknown'

/** A printer that heard a request to its end may take so long to list its job. */
const settledMilliseconds = 60_000

export function whereaboutsOf(part: PartMark, { jobs, runsSince }: Seen, now: Date): Whereabouts {
  const found = jobs.find(({ id, name }) => name === part.name && !part.earlierIds.includes(id))
  if (found !== undefined) return isBrokenOff(found) ? 'never_arrived' : found.id
  const startedAt = Date.parse(part.startedAt)
  if (now.getTime() - startedAt < settledMilliseconds) return 'too_soon'
  const hasRestarted = runsSince === undefined || runsSince.getTime() > startedAt
  const { witness } = part
  const isWitnessed = witness !== undefined && jobs.some(({ id, name }) => id === witness.id && name === witness.name)
  return isWitnessed && !hasRestarted ? 'never_arrived' : 'unknown'
}

/** The printer gave it up because its file did not come whole. */
const isBrokenOff = ({ state, reasons }: PrinterJob): boolean =>
  state === jobStates.aborted && reasons.includes('submission-interrupted')

/** Of the jobs that the printer lists the one that it will forget last. */
export function witnessIn(jobs: readonly PrinterJob[]): PartMark['witness'] {
  const [newest] = jobs.toSorted((a, b) => b.id - a.id)
  return newest && { id: newest.id, name: newest.name }
}
