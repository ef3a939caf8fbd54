import type { Staged } from '../../../services/print-client/hand-over/job-folder.ts'
import { nextStep } from '../../../services/print-client/hand-over/next-step.ts'
import { applyRecord } from '../../../services/print-client/journal/apply.ts'
import type { Job } from '../../../services/print-client/journal/job.ts'
import type { JournalRecord } from '../../../services/print-client/journal/record.ts'
import { folderPossession } from '../../../services/print-client/outputs/hot-folder/possession.ts'
import type { Possession } from '../../../services/print-client/outputs/output.ts'
import { at, sampleStatus, sampleTicket } from './samples.ts'

const ticket = sampleTicket()
const { jobId } = ticket

/** One job, one disk, one shop that may take the folder at any moment. The protocol's own decisions run over it. */
export class Model {
  lines: JournalRecord[] = []
  staged: Staged = 'absent'
  isInHotFolder = false
  boot = 1
  claimNonce: string | undefined
  nonces = 0
  handOvers = 0
  /** So often it was said "cancelled, and never printed" of a job that the shop had. */
  drops = 0
  /** Whether a person is asked before anything is handed over. */
  accept: 'automatic' | 'by_hand' = 'automatic'
  doubt: string | undefined

  job(): Job | undefined {
    return this.lines.reduce<Job | undefined>((job, line) => applyRecord(job, line), undefined)
  }

  /** The client's next steps, cut short after `budget` changes of the disk: a kill may come after each. */
  run(budget: number): void {
    const changes = this.changes()
    for (let done = 0; done < budget; done += 1) if (changes.next().done) return
  }

  /** What the output sees. */
  look(isSameBoot: boolean): Possession {
    return folderPossession({ isInHotFolder: this.isInHotFolder, staged: this.staged }, isSameBoot)
  }

  /** A person says "make it", or looks and finds that nobody has it; they do not lie. */
  decide(): void {
    const job = this.job()
    if (job?.state === 'offered')
      this.append({ type: 'accepted', at, jobId, by: 'Ada', status: sampleStatus(ticket, 'accepted') })
    if ((job?.state !== 'held' && job?.state !== 'failed') || this.handOvers > 0) return
    this.forget()
    this.append({ type: 'released', at, jobId, bootId: `boot-${this.boot}`, by: 'Ada' })
  }

  /** What a release does before its line. */
  forget(): void {
    this.make('partial')
  }

  /** A wish to cancel arrives, and the client dies after so many changes of the disk. */
  hearCancel(budget: number): void {
    const changes = this.wishCancel()
    for (let done = 0; done < budget; done += 1) if (changes.next().done) return
  }

  *changes(): Generator<void> {
    if (this.job() === undefined) yield* this.take()
    for (;;) {
      const job = this.job()
      if (job === undefined) return
      const { staged, accept } = this
      const possession = this.look(job.bootId === `boot-${this.boot}`)
      const step = nextStep(job, { possession, staged, doubt: this.doubt }, accept)
      if (step.do === 'nothing') return
      if (step.do === 'hold') yield this.hold(step.cause)
      else yield* this[step.do](job)
    }
  }

  *take(): Generator<void> {
    // What lies in staging for no known job is swept at the start.
    this.staged = 'absent'
    yield
    yield this.make('partial')
    this.nonces += 1
    yield this.append({ type: 'claiming', at, jobId, nonce: `n${this.nonces}`, bootId: `boot-${this.boot}`, ticket })
  }

  *claim(job: Job): Generator<void> {
    this.claimNonce ??= job.nonce
    yield
    if (this.claimNonce === job.nonce || job.isReleased) {
      yield this.append({ type: 'claimed', at, jobId, bootId: job.bootId })
    } else if (this.look(true) === 'has') yield* this.note_hand_over()
    else yield this.hold('journal lost')
  }

  *prepare(job: Job): Generator<void> {
    const bootId = `boot-${this.boot}`
    yield this.make('partial')
    if (job.bootId !== bootId) yield this.append({ type: 'claimed', at, jobId, bootId })
    yield this.make('complete')
    yield this.append({ type: 'spooling', at, jobId, bootId })
  }

  *hand_over(): Generator<void> {
    this.staged = 'absent'
    this.isInHotFolder = true
    // The shop sees it in this moment.
    this.handOvers += 1
    yield
    yield this.handedOver()
  }

  *offer(): Generator<void> {
    yield this.append({ type: 'offered', at, jobId })
  }

  /** The folder comes before the line, as with the job's own ticket. */
  *wishCancel(): Generator<void> {
    if (this.job() === undefined) yield this.make('partial')
    this.nonces += 1
    const ids = { ticketId: 'tkt_1', orderId: ticket.orderId, itemId: ticket.itemId }
    yield this.append({
      type: 'cancel_asked',
      at,
      jobId,
      ...ids,
      nonce: `n${this.nonces}`,
      bootId: `boot-${this.boot}`,
    })
  }

  *cancel(): Generator<void> {
    this.drops += this.handOvers
    yield this.append({ type: 'dropped', at, jobId, cause: 'UserRequest', status: sampleStatus(ticket, 'cancelled') })
    yield this.make('absent')
  }

  *decline_cancel(): Generator<void> {
    yield this.append({ type: 'cancel_declined', at, jobId, status: sampleStatus(ticket, 'cancel_declined') })
  }

  *note_hand_over(): Generator<void> {
    yield this.make('absent')
    yield this.handedOver()
  }

  make(staged: Staged): void {
    this.staged = staged
  }

  handedOver(): void {
    this.append({ type: 'handed_over', at, jobId, status: sampleStatus(ticket, 'accepted') })
  }

  hold(cause: string): void {
    this.append({ type: 'held', at, jobId, cause, status: sampleStatus(ticket, 'held') })
  }

  append(record: JournalRecord): void {
    this.lines.push(record)
  }

  /** A loss of power: another boot, and the last rename may be undone on the disk. */
  losePower(isRenameUndone: boolean): void {
    this.boot += 1
    if (!isRenameUndone || this.handOvers === 0 || this.staged !== 'absent') return
    this.staged = 'complete'
    this.isInHotFolder = false
  }
}

/** The same job with a command of the shop's own: what it has is told by marks that survive a loss of power. */
export class CommandModel extends Model {
  mark: Possession = 'has_not'
  override doubt = 'possibly_printed: the command was cut short'

  override look(): Possession {
    return this.mark
  }

  override *hand_over(): Generator<void> {
    this.mark = 'cannot_tell'
    yield
    this.handOvers += 1
    yield
    this.mark = 'has'
    yield
    yield this.handedOver()
    this.make('absent')
  }

  override forget(): void {
    this.mark = 'has_not'
    super.forget()
  }

  override losePower(): void {
    this.boot += 1
  }
}
