import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#chassis/clock.ts'
import { ifThere } from '#chassis/if-there.ts'
import type { Log } from '#chassis/log.ts'
import { openAppendFile } from './append-file.ts'
import { applyRecord } from './apply.ts'
import type { Job } from './job.ts'
import { writeLine } from './line.ts'
import { loadJournal } from './load.ts'
import type { JournalRecord } from './record.ts'

/** This client's memory: what it does is written here first. */
export type Journal = {
  readonly job: (jobId: string) => Job | undefined
  readonly jobs: () => Iterable<Job>
  /** Resolves when the record is on the disk and in memory; throws Transient when it is neither. */
  readonly append: (record: JournalRecord) => Promise<void>
  /** `listener` hears of every job that changed, after the change is durable. */
  readonly onChange: (listener: (job: Job) => void) => void
  readonly compact: () => Promise<void>
  readonly isDamaged: boolean
  readonly close: () => Promise<void>
}

const compactAboveBytes = 4 * 1024 * 1024
/** A finished job is remembered longer than any queue or sweeper can repeat its ticket. */
const rememberedMilliseconds = 120 * 24 * 3_600_000
export const journalName = 'journal.jsonl'

/** Opens the journal of a state folder, creating an empty one. Throws where a newer version wrote it. */
export async function openJournal(folder: string, log: Log, clock: Pick<Clock, 'now'>): Promise<Journal> {
  const path = join(folder, journalName)
  await rm(`${path}.next`, { force: true })
  const { jobs, goodBytes, isDamaged } = loadJournal(await bytesOf(path))
  const file = await openAppendFile(path, goodBytes)
  const listeners: ((job: Job) => void)[] = []
  let compactAt = Math.max(compactAboveBytes, 2 * goodBytes)

  const remember = (record: JournalRecord): void => {
    const job = applyRecord(jobs.get(record.jobId), record)
    if (job === undefined) return
    jobs.set(record.jobId, job)
    for (const listener of listeners) listener(job)
  }

  const compact = async (): Promise<void> => {
    compactAt = Number.POSITIVE_INFINITY
    const before = file.sizeBytes()
    try {
      await file.rewrite(() => {
        forget(jobs, clock.now())
        return [...jobs.values()].map(snapshotLine).join('')
      })
      if (before > 0)
        log.info({ bytesBefore: before, bytesAfter: file.sizeBytes(), jobs: jobs.size }, 'journal_compacted')
    } catch (error) {
      // The old file is still whole; the next attempt comes when it has doubled.
      log.warn({ err: error }, 'journal_not_compacted')
    }
    compactAt = Math.max(compactAboveBytes, 2 * file.sizeBytes())
  }

  return {
    job: (jobId) => jobs.get(jobId),
    jobs: () => jobs.values(),
    append: async (record) => {
      await file.append(writeLine(record), () => remember(record))
      if (file.sizeBytes() > compactAt) void compact()
    },
    onChange: (listener) => void listeners.push(listener),
    compact,
    isDamaged,
    close: () => file.close(),
  }
}

/** The jobs of a state folder as they are on the disk now; for looking only, beside a running client. */
export async function readJobs(folder: string): Promise<readonly Job[]> {
  return [...loadJournal(await bytesOf(join(folder, journalName))).jobs.values()]
}

const snapshotLine = (job: Job): string => writeLine({ type: 'job', at: job.at, jobId: job.jobId, job })

function forget(jobs: Map<string, Job>, now: Date): void {
  for (const job of jobs.values()) {
    const isOver = job.state === 'handed_over' || job.state === 'claimed_elsewhere' || job.state === 'dropped'
    const ageMilliseconds = now.getTime() - Date.parse(job.at)
    if (isOver && job.outbox.length === 0 && ageMilliseconds > rememberedMilliseconds) jobs.delete(job.jobId)
  }
}

const bytesOf = async (path: string): Promise<Buffer> => (await ifThere(readFile(path))) ?? Buffer.alloc(0)
