import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refused } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import type { Issue } from '#contracts/parse.ts'
import type { Desk } from '../desk/desk.ts'
import { FolderFault } from '../folder-fault.ts'
import { isUnfinished } from '../journal/job.ts'
import type { Journal } from '../journal/journal.ts'
import type { Places } from '../places.ts'
import type { Settling } from '../settling.ts'
import { readShopStatus, refusalText } from './read-shop-status.ts'

export type TakeStatusesDependencies = {
  readonly places: Pick<Places, 'statusFolder' | 'refused'>
  readonly journal: Pick<Journal, 'job'>
  readonly desk: Pick<Desk, 'report'>
  /** A file that is not JSON gets some time to become it, for systems that cannot write by rename. */
  readonly settling: Settling
  readonly log: Log
}

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
  if (read.kind === 'unreadable' && !(await dependencies.settling.hasSettled(path))) return
  if (read.kind !== 'status') return refuse(dependencies, name, read.issues)
  const { jobId } = read.status
  const job = journal.job(jobId)
  // The shop saw the folder before its hand-over was journaled; what follows for the same job waits with it.
  if (waiting.has(jobId) || (job && isUnfinished(job))) {
    waiting.add(jobId)
    return
  }
  const mark = createHash('sha256').update(`${name}\n${text}`).digest('hex').slice(0, 16)
  try {
    await dependencies.desk.report(read.status, 'status file', mark)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return refuse(dependencies, name, [{ pointer: '/jobId', detail: error.message }])
  }
  await rm(path)
  log.info({ jobId, status: read.status.status, file: name }, 'status_taken')
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
