import { expect, test } from 'vitest'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import { countsOf } from '../../../services/print-client/desk/health.ts'
import { seeJob, seeJobs } from '../../../services/print-client/desk/see-job.ts'
import { applyRecord } from '../../../services/print-client/journal/apply.ts'
import type { Job } from '../../../services/print-client/journal/job.ts'
import { readLine, writeLine } from '../../../services/print-client/journal/line.ts'
import { loadJournal } from '../../../services/print-client/journal/load.ts'
import type { JournalRecord } from '../../../services/print-client/journal/record.ts'
import { at, sampleStatus, sampleTicket } from './samples.ts'

const ticket = { ...sampleTicket(), quantity: 5 }
const { jobId } = ticket
const claiming: JournalRecord = { type: 'claiming', at, jobId, nonce: 'n', bootId: 'boot-1', ticket }
const claimed: JournalRecord = { type: 'claimed', at, jobId, bootId: 'boot-1' }
const handedOver: JournalRecord = { type: 'handed_over', at, jobId, status: sampleStatus(ticket, 'accepted') }

const reported = (status: FacilityStatus['status'], more: Partial<FacilityStatus> = {}): JournalRecord => ({
  type: 'reported',
  at,
  jobId,
  mark: `${status}${more.tracking?.number ?? ''}`,
  status: { ...sampleStatus(ticket, status), ...more },
  by: 'Ada',
})

function jobAfter(...records: readonly JournalRecord[]): Job {
  const job = records.reduce<Job | undefined>((before, record) => applyRecord(before, record), undefined)
  if (job === undefined) throw new Error('No record makes a job')
  return job
}

const parcel = (number: string, quantity: number) => ({ tracking: { carrier: 'Post', number, quantity } })

test('a job is over when all its copies have left, each parcel counted once, and comes late without going back', () => {
  const left = [claiming, claimed, handedOver, reported('printed'), reported('shipped', parcel('1', 3))]
  expect(seeJob(jobAfter(...left)).state).toBe('in_the_shop')
  expect(seeJob(jobAfter(...left, reported('shipped', parcel('1', 3)))).state).toBe('in_the_shop')
  const all = jobAfter(...left, reported('shipped', parcel('2', 2)))
  expect(seeJob(all)).toMatchObject({ state: 'over', parcels: [{ number: '1' }, { number: '2' }], actions: ['report'] })
  const late = jobAfter(...left.slice(0, 4), reported('delayed', { expectedAt: '2026-02-01T00:00:00Z' }))
  expect(seeJob(late)).toMatchObject({ state: 'in_the_shop', said: 'delayed', expectedAt: '2026-02-01T00:00:00Z' })
  expect(late.shopSaid).toBe('printed')
})

test('what is kept of a job for people names no person and no address', () => {
  const job = jobAfter(claiming, claimed, handedOver)
  expect(seeJob(job).summary).toMatchObject({ sku: 'poster-a3', quantity: 5, country: 'NL', components: ['sheet'] })
  for (const secret of ['Ada Test', 'Street 1', 'Delft', '2611 AB']) expect(JSON.stringify(job)).not.toContain(secret)
})

test('what may be done follows from where the job stands', () => {
  const held: JournalRecord = { type: 'held', at, jobId, cause: 'why', status: sampleStatus(ticket, 'held') }
  const failed: JournalRecord = { type: 'failed', at, jobId, cause: 'why', status: sampleStatus(ticket, 'failed') }
  const offered: JournalRecord = { type: 'offered', at, jobId }
  const actions = (...records: readonly JournalRecord[]) => seeJob(jobAfter(claiming, claimed, ...records)).actions
  expect(actions()).toEqual([])
  expect(actions(offered)).toEqual(['accept', 'reject'])
  expect(actions(held)).toEqual(['report', 'release', 'reject', 'drop'])
  expect(actions(failed)).toEqual(['release', 'reject', 'drop'])
  expect(actions(handedOver)).toEqual(['report', 'reject'])
  expect(actions(handedOver, reported('printed'))).toEqual(['report'])
  const spoken = jobAfter(claiming, claimed, held, reported('printed'))
  expect(seeJob(spoken)).toMatchObject({ state: 'in_the_shop', decided: { by: 'Ada', at } })
  const accepted: JournalRecord = { type: 'accepted', at, jobId, by: 'Bo', status: sampleStatus(ticket, 'accepted') }
  expect(seeJob(jobAfter(claiming, claimed, offered, accepted))).toMatchObject({
    state: 'arriving',
    decided: { by: 'Bo' },
  })
})

test('jobs that wait come first, the oldest first; jobs of other clients are not shown; counts tell them all', () => {
  const other = sampleTicket()
  const elsewhere = jobAfter(
    { ...claiming, jobId: other.jobId, ticket: other },
    { type: 'claimed_elsewhere', at, jobId: other.jobId },
  )
  const over = { ...jobAfter(claiming, claimed, handedOver, reported('delivered')), jobId: 'over' }
  const old = { ...jobAfter(claiming, claimed, handedOver), jobId: 'old', arrivedAt: '2025-01-01T00:00:00Z' }
  const fresh = { ...jobAfter(claiming, claimed), jobId: 'new' }
  expect(seeJobs([over, fresh, elsewhere, old]).map((job) => job.jobId)).toEqual(['old', 'new', 'over'])
  expect(countsOf([over, fresh, elsewhere, old])).toEqual({
    jobs: { open: 1, offered: 0, held: 0, failed: 0, inTheShop: 1 },
    oldestOpenAt: '2025-01-01T00:00:00Z',
    outbox: { waiting: 3, oldestAt: at },
  })
})

/** As version 1 wrote them: no output, no names of people, no summary. */
const oldRecords = [
  { type: 'claiming', at, jobId, nonce: 'n', bootId: 'boot-1', ticket },
  { type: 'claimed', at, jobId, bootId: 'boot-1' },
  { type: 'held', at, jobId, cause: 'why', status: sampleStatus(ticket, 'held') },
  { type: 'released', at, jobId, bootId: 'boot-1' },
  { type: 'spooling', at, jobId, bootId: 'boot-1' },
  { type: 'handed_over', at, jobId, status: sampleStatus(ticket, 'accepted') },
  { type: 'reported', at, jobId, mark: 'm', status: sampleStatus(ticket, 'printed') },
] satisfies JournalRecord[]

test('the journal of an older client means the same: where its jobs stand, and that they left by the output named main', () => {
  const states = oldRecords.map((_, last) => {
    const bytes = Buffer.from(
      oldRecords
        .slice(0, last + 1)
        .map(writeLine)
        .join(''),
    )
    return loadJournal(bytes).jobs.get(jobId)?.state
  })
  // A released job asks for its claim once more before anything else.
  const moved = ['claiming', 'claimed', 'held', 'claiming', 'spooling', 'handed_over', 'handed_over']
  expect(states).toEqual(moved)
  const compacted = { jobId, orderId: 'o', itemId: 'i', state: 'handed_over' as const, nonce: 'n', bootId: 'b', at }
  const line = writeLine({ type: 'job', at, jobId, job: { ...compacted, outbox: [], seen: [] } })
  const read = readLine(line.slice(0, -1))
  expect(read?.type === 'job' && seeJob(read.job)).toMatchObject({ state: 'in_the_shop', output: 'main', parcels: [] })
})
