import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { Type } from 'typebox'
import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import { JobTicket } from '#contracts/messages/job-ticket.ts'
import { matches } from '#contracts/parse.ts'
import type { Job } from '../../journal/job.ts'
import type { Journal } from '../../journal/journal.ts'
import { jobTicketOf } from '../../tickets/job-ticket.ts'
import { type JobFacts, progress } from '../model/view-job.ts'
import { factsAfter } from './fact-of-job.ts'

export type KeptFacts = {
  readonly of: (jobId: string) => JobFacts | undefined
  /** Resolves when all is on the disk. */
  readonly stopped: () => Promise<void>
}

export type KeepOptions = {
  readonly journal: Pick<Journal, 'jobs' | 'job' | 'onChange'>
  readonly stateFolder: string
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
}

const { shipTo, ...rest } = JobTicket.properties
const Kept = Type.Object({
  furthest: Type.Enum(progress),
  isCancelAsked: Type.Boolean(),
  ticket: Type.Optional(Type.Object({ ...rest, shipTo: Type.Optional(shipTo) })),
})

/** So many jobs are remembered besides the journal. */
const atMost = 5_000

/**
 * What a packer needs of a job after the journal has forgotten its address: kept in `page/` of the state folder, a file a job, for this
 * machine's user alone. The address goes when the job is over, the file when the journal forgets the job. Losing it costs a look at the
 * job sheet and nothing else, so that a disk that refuses stops nothing.
 */
export async function keepFacts({ journal, stateFolder, log }: KeepOptions): Promise<KeptFacts> {
  const folder = join(stateFolder, 'page')
  const facts = await readAll(folder, journal, log)
  const writing = new Map<string, Promise<void>>()

  const write = (jobId: string): void => {
    const after = (writing.get(jobId) ?? Promise.resolve())
      .then(() => writeOne(folder, jobId, facts.get(jobId)))
      .catch((error: unknown) => log.warn({ err: error, jobId }, 'page_facts_not_kept'))
      .finally(() => {
        if (writing.get(jobId) === after) writing.delete(jobId)
      })
    writing.set(jobId, after)
  }

  const hear = (job: Job): void => {
    const known = facts.get(job.jobId)
    const next = factsAfter(known, job, job.ticket && jobTicketOf(job.ticket))
    if (isDeepStrictEqual(known, next)) return
    facts.set(job.jobId, next)
    write(job.jobId)
    const [oldest] = facts.size > atMost ? facts.keys() : []
    if (oldest !== undefined) {
      facts.delete(oldest)
      write(oldest)
    }
  }

  for (const job of journal.jobs()) hear(job)
  journal.onChange(hear)
  return {
    of: (jobId) => facts.get(jobId),
    stopped: async () => void (await Promise.all(writing.values())),
  }
}

async function writeOne(folder: string, jobId: string, facts: JobFacts | undefined): Promise<void> {
  const path = join(folder, `${jobId}.json`)
  if (facts === undefined) return rm(path, { force: true })
  await writeFile(`${path}.next`, JSON.stringify(facts), { mode: 0o600 })
  await rename(`${path}.next`, path)
}

const suffix = '.json'

async function readAll(folder: string, journal: Pick<Journal, 'job'>, log: Log): Promise<Map<string, JobFacts>> {
  const facts = new Map<string, JobFacts>()
  try {
    await mkdir(folder, { recursive: true })
    for (const name of (await readdir(folder)).sort()) {
      const jobId = name.endsWith(suffix) ? name.slice(0, -suffix.length) : ''
      const value = journal.job(jobId) && (await readOne(join(folder, name)))
      if (value) facts.set(jobId, value)
      else await rm(join(folder, name), { force: true })
    }
  } catch (error) {
    log.warn({ err: error }, 'page_facts_not_read')
  }
  return facts
}

async function readOne(path: string): Promise<JobFacts | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return matches(Kept, value) ? value : undefined
  } catch {
    // Torn by a crash, or of another version: the job sheet knows the same.
    return undefined
  }
}
