import type { ShopStatus } from '#contracts/messages/shop-status.ts'
import type { DeskHealth } from './desk-health.ts'
import type { DeskJob } from './desk-job.ts'

/** What a person decides about a job that waits, or a shop about one that it has and will not make. */
export type Decision =
  /** An offered job: make it. */
  | { readonly do: 'accept' }
  /** The shop will not make it: the order side sends it elsewhere. Not for a job that was printed. */
  | { readonly do: 'reject'; readonly cause: string }
  /** A held or failed job: somebody looked, it was not printed. Hand it over. */
  | { readonly do: 'release' }
  /** A held or failed job: give it up; reported as cancelled. */
  | { readonly do: 'drop'; readonly cause?: string }

/** A picture of the job's first page. */
export type JobPicture = { readonly contentType: string; readonly bytes: Uint8Array }

/**
 * What people and the shop's systems do with jobs: the page, status files, folders and the terminal all act through it. Everything that
 * changes is in the journal when it resolves, and is told to the order side by and by, in order, however long the line is away.
 * Every function throws Refused with words for the person (codes `unknown_job`, `not_now`, `bad_report`), or Transient where the disk or
 * the line does not allow it now.
 */
export type Desk = {
  /** Jobs that are not over first, the oldest first; then what is over, the newest first. */
  readonly jobs: () => readonly DeskJob[]
  readonly job: (jobId: string) => DeskJob | undefined
  /**
   * A step of a job that the shop has; of a held one it says that the shop has it, which ends the hold. With `mark` the same report counts
   * once, for as long as the job is remembered.
   */
  readonly report: (wish: ShopStatus, by: string, mark?: string) => Promise<void>
  /** `by` is the person, or the system that decided; it is kept in the journal. */
  readonly decide: (jobId: string, decision: Decision, by: string) => Promise<void>
  readonly health: () => Promise<DeskHealth>
  /** Undefined where the job has none, or where it is not to be had now. */
  readonly picture: (jobId: string) => Promise<JobPicture | undefined>
  /** `listener` hears the id of every job that changed; gives back how to stop. */
  readonly onChange: (listener: (jobId: string) => void) => () => void
}
