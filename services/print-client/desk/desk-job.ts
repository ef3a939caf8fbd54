import type { FacilityStatusName, Tracking } from '#contracts/messages/facility-status.ts'
import type { JobSummary } from '../journal/job-summary.ts'

/**
 * Where a job stands, as people of the shop see it. `arriving`: the client works on it. `offered`: it waits for `accept` or `reject`
 * (only where the configuration says `accept: 'by_hand'`). `held`, `failed`: it waits for a decision. `in_the_shop`: the shop has it.
 * `over`: its last word is said, or it was given up. `elsewhere`: another client of the facility has it.
 */
export type DeskState = 'arriving' | 'offered' | 'held' | 'failed' | 'in_the_shop' | 'over' | 'elsewhere'

/** What a person may do about a job now; the desk refuses everything else. */
export type DeskAction = 'accept' | 'reject' | 'release' | 'drop' | 'report'

/** One job as a person sees it. Times are UTC, ISO 8601. */
export type DeskJob = {
  readonly jobId: string
  readonly orderId: string
  readonly itemId: string
  readonly state: DeskState
  /** What may be done now, the likeliest first; empty where nothing may. */
  readonly actions: readonly DeskAction[]
  /** The name of the output in the configuration. */
  readonly output: string
  /** When the client heard of it; absent for jobs of an old journal. */
  readonly arrivedAt?: string
  /** Its last change of state. */
  readonly changedAt: string
  /** Absent where the cancel came before the ticket, and for jobs that an older version handed over. */
  readonly summary?: JobSummary
  /** Why it is held or failed, or was given up. */
  readonly cause?: string
  /** The last thing that was said of it to the order side, told yet or not. */
  readonly said?: FacilityStatusName
  /** Statuses that the queue does not have yet. */
  readonly untold: number
  readonly parcels: readonly Tracking[]
  /** The new date, where the shop said that it comes late. */
  readonly expectedAt?: string
  /** Who decided about it last, and when. */
  readonly decided?: { readonly by: string; readonly at: string }
}
