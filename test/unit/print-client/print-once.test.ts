import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Evidence, nextStep } from '../../../services/print-client/hand-over/next-step.ts'
import { applyRecord } from '../../../services/print-client/journal/apply.ts'
import { isUnfinished, type Job } from '../../../services/print-client/journal/job.ts'
import type { JournalRecord } from '../../../services/print-client/journal/record.ts'
import { at, sampleStatus, sampleTicket } from './samples.ts'

const ticket = sampleTicket()
const { jobId } = ticket

/** One job, one disk, one shop that may take the folder at any moment. The protocol's own decisions run over it. */
class Model {
  lines: JournalRecord[] = []
  staged: Evidence['staged'] = 'absent'
  isInHotFolder = false
  boot = 1
  claimNonce: string | undefined
  nonces = 0
  handOvers = 0
  /** So often it was said "cancelled, and never printed" of a job that the shop had. */
  drops = 0

  job(): Job | undefined {
    return this.lines.reduce<Job | undefined>((job, line) => applyRecord(job, line), undefined)
  }

  /** The client's next steps, cut short after `budget` changes of the disk: a kill may come after each. */
  run(budget: number): void {
    const changes = this.changes()
    for (let done = 0; done < budget; done += 1) if (changes.next().done) return
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
      const step = nextStep(job, { isInHotFolder: this.isInHotFolder, staged: this.staged }, `boot-${this.boot}`)
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
    if (this.claimNonce === job.nonce) yield this.append({ type: 'claimed', at, jobId, bootId: job.bootId })
    else if (this.isInHotFolder) yield* this.note_hand_over()
    else yield this.hold('journal lost')
  }

  *prepare(job: Job): Generator<void> {
    const bootId = `boot-${this.boot}`
    yield this.make('partial')
    if (job.bootId !== bootId) yield this.append({ type: 'claimed', at, jobId, bootId })
    yield this.make('complete')
    yield this.append({ type: 'spooling', at, jobId, bootId })
  }

  *rename(): Generator<void> {
    this.staged = 'absent'
    this.isInHotFolder = true
    // The shop sees it in this moment.
    this.handOvers += 1
    yield
    yield this.handedOver()
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

  make(staged: Evidence['staged']): void {
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

const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('run' as const), budget: fc.nat(12) }) },
  fc.record({ kind: fc.constant('shop_takes' as const) }),
  fc.record({ kind: fc.constant('cancel' as const), budget: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('lose_power' as const), isRenameUndone: fc.boolean() }),
  fc.record({ kind: fc.constant('lose_lines' as const), lines: fc.nat(6) }),
)

function play(events: readonly (typeof event extends fc.Arbitrary<infer E> ? E : never)[]): Model {
  const model = new Model()
  for (const each of events) {
    if (each.kind === 'run') model.run(each.budget)
    else if (each.kind === 'shop_takes') model.isInHotFolder = false
    else if (each.kind === 'cancel') model.hearCancel(each.budget)
    else if (each.kind === 'lose_power') model.losePower(each.isRenameUndone)
    else model.lines.splice(Math.max(0, model.lines.length - each.lines))
  }
  return model
}

test('whatever kills, losses of power and lost journal lines come in whatever order: never handed over twice', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 14 }), (events) => {
      expect(play(events).handOvers).toBeLessThanOrEqual(1)
    }),
    { numRuns: 20_000 },
  )
})

test('a client that runs on after any such history comes to an end: handed over, cancelled, or held for a person', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 14 }), (events) => {
      const model = play(events)
      model.run(1_000)
      const job = model.job()
      expect(job && !isUnfinished(job) && job.cancel === undefined).toBe(true)
      expect(job?.state === 'handed_over' ? model.handOvers : 1).toBe(1)
    }),
    { numRuns: 5_000 },
  )
})

test('a job that is said to be cancelled was never handed over and never will be, whatever comes in between', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 14 }), (events) => {
      const model = play(events)
      const isCancelled = model.job()?.state === 'dropped'
      model.run(1_000)
      expect(model.drops).toBe(0)
      if (isCancelled) expect([model.job()?.state, model.handOvers]).toEqual(['dropped', 0])
    }),
    { numRuns: 20_000 },
  )
})

test('a wish to cancel that comes before the job’s own ticket is granted, with kills at every step', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { maxLength: 10 }), (budgets) => {
      const model = new Model()
      model.hearCancel(3)
      for (const budget of budgets) model.run(budget)
      model.run(1_000)
      expect([model.job()?.state, model.handOvers]).toEqual(['dropped', 0])
    }),
  )
})

test('kills alone never hold a job: it is always handed over in the end', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { maxLength: 10 }), (budgets) => {
      const model = play(budgets.map((budget) => ({ kind: 'run' as const, budget })))
      model.run(1_000)
      expect([model.job()?.state, model.handOvers]).toEqual(['handed_over', 1])
    }),
  )
})
