import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyRecord } from '../../../services/print-client/journal/apply.ts'
import type { Job } from '../../../services/print-client/journal/job.ts'
import { journalName, openJournal } from '../../../services/print-client/journal/journal.ts'
import { writeLine } from '../../../services/print-client/journal/line.ts'
import { loadJournal } from '../../../services/print-client/journal/load.ts'
import type { JournalRecord } from '../../../services/print-client/journal/record.ts'
import { at, sampleStatus, sampleTicket } from './samples.ts'

const log = pino({ level: 'silent' })
const clock = { now: () => new Date('2026-01-03T00:00:00Z') }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const tickets = [sampleTicket(), sampleTicket(), sampleTicket()]

const record = fc.constantFrom(...tickets).chain((ticket): fc.Arbitrary<JournalRecord> => {
  const { jobId } = ticket
  const bootId = 'boot-1'
  const cause = 'why'
  return fc.constantFrom<JournalRecord>(
    { type: 'claiming', at, jobId, nonce: 'n', bootId, ticket },
    { type: 'claimed', at, jobId, bootId },
    { type: 'claimed_elsewhere', at, jobId },
    { type: 'spooling', at, jobId, bootId },
    { type: 'handed_over', at, jobId, status: sampleStatus(ticket, 'accepted') },
    { type: 'held', at, jobId, cause, status: sampleStatus(ticket, 'held') },
    { type: 'failed', at, jobId, cause, status: sampleStatus(ticket, 'failed') },
    { type: 'dropped', at, jobId, cause, status: sampleStatus(ticket, 'cancelled') },
    { type: 'released', at, jobId, bootId },
    { type: 'cancel_asked', at, jobId, ticketId: 'tkt_1', orderId: 'o', itemId: 'i', nonce: 'n', bootId },
    { type: 'cancel_declined', at, jobId, status: sampleStatus(ticket, 'cancel_declined') },
    { type: 'reported', at, jobId, mark: 'm', status: sampleStatus(ticket, 'printing') },
    { type: 'sent', at, jobId, statusId: 'sts_other' },
  )
})
const records = fc.array(record, { maxLength: 12 })

/** What a journal of whole lines means. */
function meaning(lines: readonly JournalRecord[]): Map<string, Job> {
  const jobs = new Map<string, Job>()
  for (const line of lines) {
    const job = applyRecord(jobs.get(line.jobId), line)
    if (job) jobs.set(line.jobId, job)
  }
  return jobs
}

test('a journal cut at any byte loads as its whole lines', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 4 }), (lines) => {
      const texts = lines.map(writeLine)
      const bytes = Buffer.from(texts.join(''))
      const ends = texts.map((_, last) => Buffer.byteLength(texts.slice(0, last + 1).join('')))
      const meanings = [0, ...ends].map((_, whole) => meaning(lines.slice(0, whole)))
      for (let cut = 0; cut <= bytes.length; cut += 1) {
        const whole = ends.filter((end) => end <= cut).length
        const loaded = loadJournal(bytes.subarray(0, cut))
        if (loaded.isDamaged || loaded.goodBytes !== (ends[whole - 1] ?? 0)) expect.unreachable(`cut at ${cut}`)
        // Once a line: comparing at every byte says no more.
        if (loaded.goodBytes === cut) expect(loaded.jobs).toEqual(meanings[whole])
      }
    }),
    { numRuns: 25 },
  )
})

test('a torn last line of any content is ignored; a bad line between good ones is called damage', () => {
  fc.assert(
    fc.property(records, fc.uint8Array({ maxLength: 60 }), (lines, garbage) => {
      const text = lines.map(writeLine).join('')
      const torn = loadJournal(Buffer.concat([Buffer.from(text), garbage]))
      expect([torn.jobs, torn.isDamaged]).toEqual([meaning(lines), false])
    }),
  )
  const [first, second] = [tickets[0], tickets[1]].map((ticket) =>
    writeLine({
      type: 'claiming',
      at,
      jobId: ticket?.jobId ?? '',
      nonce: 'n',
      bootId: 'b',
      ticket: ticket ?? sampleTicket(),
    }),
  )
  expect(loadJournal(Buffer.from(`${first?.replace('claiming', 'clayming')}${second}`))).toMatchObject({
    isDamaged: true,
  })
})

test('no line makes a job printable again that was handed over, dropped or claimed by another client', () => {
  fc.assert(
    fc.property(records, (lines) => {
      const ended = new Set<string>()
      let jobs = new Map<string, Job>()
      for (let whole = 1; whole <= lines.length; whole += 1) {
        jobs = meaning(lines.slice(0, whole))
        for (const job of jobs.values()) {
          if (ended.has(job.jobId)) expect(job.state).toMatch(/^(handed_over|dropped|claimed_elsewhere)$/)
          if (/^(handed_over|dropped|claimed_elsewhere)$/.test(job.state)) ended.add(job.jobId)
        }
      }
    }),
  )
})

test('what was appended is there after a restart, also behind a torn line and after compaction', async () => {
  await fc.assert(
    fc.asyncProperty(records, records, async (before, after) => {
      writeFileSync(join(folder, journalName), '')
      const first = await openJournal(folder, log, clock)
      // Many at once: they travel in groups.
      await Promise.all(before.map((line) => first.append(line)))
      await first.close()
      writeFileSync(join(folder, journalName), 'torn in the mid', { flag: 'a' })
      writeFileSync(join(folder, `${journalName}.next`), 'left by a crash in the middle of a compaction')
      const second = await openJournal(folder, log, clock)
      await Promise.all([second.compact(), ...after.map((line) => second.append(line))])
      await second.close()
      const { jobs, isDamaged } = loadJournal(readFileSync(join(folder, journalName)))
      expect([isDamaged, jobs]).toEqual([false, meaning([...before, ...after])])
    }),
    { numRuns: 25 },
  )
})

test('compaction forgets a finished job after 120 days, never one that is open or unreported', async () => {
  const journal = await openJournal(folder, log, { now: () => new Date('2026-06-01T00:00:00Z') })
  const [done, unreported, held] = tickets
  for (const ticket of tickets) {
    await journal.append({ type: 'claiming', at, jobId: ticket.jobId, nonce: 'n', bootId: 'b', ticket })
  }
  for (const ticket of [done, unreported]) {
    if (!ticket) continue
    const status = sampleStatus(ticket, 'accepted')
    await journal.append({ type: 'handed_over', at, jobId: ticket.jobId, status })
    if (ticket === done) await journal.append({ type: 'sent', at, jobId: ticket.jobId, statusId: status.statusId })
  }
  await journal.compact()
  expect([...journal.jobs()].map(({ jobId }) => jobId)).toEqual([unreported?.jobId, held?.jobId])
  await journal.close()
})

test('an address leaves the journal with the first compaction after the hand-over', async () => {
  const journal = await openJournal(folder, log, clock)
  const [ticket = sampleTicket()] = tickets
  const { jobId } = ticket
  await journal.append({ type: 'claiming', at, jobId, nonce: 'n', bootId: 'b', ticket })
  await journal.append({ type: 'handed_over', at, jobId, status: sampleStatus(ticket, 'accepted') })
  await journal.compact()
  expect(readFileSync(join(folder, journalName), 'utf8')).not.toContain(ticket.shipTo.name)
  await journal.close()
})

test.each(['its ticket', 'a wish that is declined', 'the ticket of another order'])(
  'a status that was on its way when %s came again goes out after it, once, under its own id',
  (cause) => {
    const ticket = sampleTicket()
    const { jobId } = ticket
    const status = sampleStatus(ticket, 'cancel_declined')
    const { orderId, itemId } = cause === 'the ticket of another order' ? sampleTicket() : status
    const question: JournalRecord =
      cause === 'a wish that is declined'
        ? { type: 'cancel_declined', at, jobId, status }
        : { type: 'asked', at, jobId, orderId, itemId }
    const sent: JournalRecord = { type: 'sent', at, jobId, statusId: status.statusId }
    const after = (...records: readonly JournalRecord[]): Job | undefined =>
      records.reduce<Job | undefined>(applyRecord, undefined)
    const underWay: readonly JournalRecord[] = [
      { type: 'claiming', at, jobId, nonce: 'n', bootId: 'boot-1', ticket },
      { type: 'handed_over', at, jobId, status },
    ]
    const again = { ...status, orderId, itemId }
    expect(after(...underWay, question, sent)?.outbox).toEqual([again])
    expect(after(...underWay, question, question, question, sent)?.outbox).toEqual([again])
    expect(after(...underWay, question, sent, sent)).toMatchObject({ outbox: [], said: [again] })
  },
)
