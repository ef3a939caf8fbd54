import type { JobCancel } from '#contracts/messages/job-cancel.ts'
import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import type { ShopStatus } from '#contracts/messages/shop-status.ts'

/** A job whose files lie in `folder`, checked, with `ticket.json`: whole, or it would not be handed over. */
export type StagedJob = {
  readonly jobId: string
  readonly ticket: JobTicket
  readonly folder: string
}

/**
 * `has`: the shop's side surely has the job. `has_not`: it surely never got it. `cannot_tell`: nobody can say; the job is held for a person
 * then, and never handed over by itself.
 */
export type Possession = 'has' | 'has_not' | 'cannot_tell'

/**
 * A way out of the client, into the shop: a hot folder, a printer, a command. Every method may be called again after a crash; all throw
 * Transient where the shop's side is not to be reached now, and FolderFault where the disk refuses.
 */
export type Output = {
  readonly name: string
  /** `hot_folder`, `ipp` or `command`; kept in the journal with the name, as another kind cannot know what this one did. */
  readonly kind: string
  /** Where its jobs are filled; on the file system that its hand-over needs. */
  readonly staging: string
  /**
   * Whether the shop has the job, as far as its side can tell; asked before each hand-over and after each crash. `isSameBoot`: the
   * machine has run on since the job was last worked on, so that what the disk shows cannot have been undone by a loss of power.
   */
  readonly look: (jobId: string, isSameBoot: boolean) => Promise<Possession>
  /**
   * Gives the job to the shop, once. Durable on return. The journal holds `spooling` before it is called. Throws JobRefused where the
   * shop's side says for good that it will not take the job: then it surely has not got it.
   */
  readonly handOver: (job: StagedJob) => Promise<void>
  /** Throws where no job of that size could be handed over now: FolderFault for the disk, Transient for the rest. */
  readonly requireRoom: (sizeBytes: number) => Promise<void>
  /** What the shop's side says of jobs that it has: states of a printer, folders named done and error. Repeats are harmless. */
  readonly listen?: (jobIds: readonly string[]) => Promise<readonly ShopStatus[]>
  /** Asks the shop's side not to make a job that it has. True: it surely will not. False where that is too late, or where nobody can tell. */
  readonly cancel?: (jobId: string, wish: JobCancel) => Promise<boolean>
  /** Somebody answers for it that the shop has not got the job: what made `look` doubt is forgotten, so that it may be handed over. */
  readonly forget?: (jobId: string) => Promise<void>
  /** Why a job is held of which `look` cannot tell; begins with `possibly_printed: `. */
  readonly doubt?: string
}
