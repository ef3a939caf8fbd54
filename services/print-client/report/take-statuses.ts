import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import type { ShopStatus } from '#contracts/messages/shop-status.ts'
import type { Issue } from '#contracts/parse.ts'
import { FolderFault } from '../folder-fault.ts'
import { isUnfinished, type Job } from '../journal/job.ts'
import type { Journal } from '../journal/journal.ts'
import type { Places } from '../places.ts'
import { newStatus } from './new-status.ts'
import { readShopStatus, refusalText } from './read-shop-status.ts'

export type TakeStatusesDependencies = {
  readonly facilityId: string
  readonly places: Pick<Places, 'statusFolder' | 'refused'>
  readonly journal: Journal
  readonly log: Log
  readonly clock: Clock
}

/** A file that is not JSON gets so long to become it, for systems that cannot write by rename. */
const writingMilliseconds = 2_000

/**
 * One look at the status folder: every `*.json` in the order of names is journaled and removed, or moved to `refused/`
 * with its reason. A crash in between repeats nothing: the journal knows the file by its mark.
 */
export async function takeStatuses(dependencies: TakeStatusesDependencies): Promise<void> {
  const { places } = dependencies
  const entries = await readdir(places.statusFolder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json') && !entry.name.startsWith('.'))
  const waiting = new Set<string>()
  for (const name of names.map((entry) => entry.name).sort()) {
    try {
      await takeOne(dependencies, name, waiting)
    } catch (error) {
      // Without its journal the client can take none; one file that cannot be read or moved holds up no other.
      if (error instanceof FolderFault) throw error
      dependencies.log.warn({ err: error, file: name }, 'status_not_taken')
    }
  }
}

async function takeOne(dependencies: TakeStatusesDependencies, name: string, waiting: Set<string>): Promise<void> {
  const { places, journal, log } = dependencies
  const path = join(places.statusFolder, name)
  const text = await readFile(path, 'utf8')
  const read = readShopStatus(text)
  if (read.kind === 'unreadable' && (await isYoung(path))) return
  if (read.kind !== 'status') return refuse(dependencies, name, read.issues)
  const { jobId } = read.status
  const job = journal.job(jobId)
  // The shop saw the folder before its hand-over was journaled; what follows for the same job waits with it.
  if (waiting.has(jobId) || (job && isUnfinished(job))) {
    waiting.add(jobId)
    return
  }
  if (job === undefined || (job.state !== 'handed_over' && job.state !== 'held')) {
    return refuse(dependencies, name, [{ pointer: '/jobId', detail: refusedJob(jobId, job) }])
  }
  const mark = createHash('sha256').update(`${name}\n${text}`).digest('hex').slice(0, 16)
  if (!job.seen.includes(mark)) await report(dependencies, job, read.status, mark)
  await rm(path)
  log.info({ jobId, status: read.status.status, file: name }, 'status_taken')
}

const refusedJob = (jobId: string, job: Job | undefined): string =>
  job === undefined
    ? `names no job of this client; found "${jobId}"`
    : `names a job that this client did not hand over (it is ${job.state})`

async function report(
  { facilityId, journal, clock }: TakeStatusesDependencies,
  job: Job,
  said: ShopStatus,
  mark: string,
): Promise<void> {
  const now = clock.now()
  const status = newStatus(facilityId, job, now, said)
  await journal.append({ type: 'reported', at: now.toISOString(), jobId: job.jobId, mark, status })
}

/** The reason is written first: a file in `refused/` always has one beside it. */
async function refuse(
  { places, log }: TakeStatusesDependencies,
  name: string,
  issues: readonly Issue[],
): Promise<void> {
  await writeFile(join(places.refused, `${name}.reason.txt`), refusalText(issues))
  await rename(join(places.statusFolder, name), join(places.refused, name))
  log.warn({ file: name, issues }, 'status_refused')
}

async function isYoung(path: string): Promise<boolean> {
  return Date.now() - (await stat(path)).mtimeMs < writingMilliseconds
}
