import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#chassis/clock.ts'
import type { ComponentName } from '#contracts/geometry/component.ts'
import type { ShopStatus } from '#contracts/messages/shop-status.ts'
import { createSettling, type Settling } from '../../settling.ts'
import { isWhole, jobOfName, type NamedEntry } from './names-of-job.ts'

/** The print files of a job that was handed over, where they are still known. */
export type ComponentsOf = (jobId: string) => readonly ComponentName[] | undefined

export type FoldersToHear = {
  readonly done: string
  readonly error: string
  readonly componentsOf: ComponentsOf
  readonly clock: Pick<Clock, 'now'>
}

/** A workflow writes and moves by and by: what has stood still for so long is taken at its word. */
const stillMilliseconds = 2_000
const longestCause = 300
const mostTextBytes = 64 * 1024

/**
 * Hears what the shop's workflow says by moving things: a job's folder, or files named after it, in `done` mean printed, in `error` failed,
 * with the words of a text file beside them. Says the same again for as long as they lie there.
 */
export function listenToFolders({ done, error, componentsOf, clock }: FoldersToHear) {
  const settling = createSettling(clock, stillMilliseconds)
  return async (jobIds: readonly string[]): Promise<readonly ShopStatus[]> => {
    const wanted = new Set(jobIds)
    const [inDone, inError] = [await entriesOf(done, wanted), await entriesOf(error, wanted)]
    settling.keepOnly(new Set([...pathsOf(done, inDone), ...pathsOf(error, inError)]))
    const printed = await settledJobs(settling, done, inDone)
    const failed = await settledJobs(settling, error, inError)
    return [
      ...[...printed]
        .filter(([jobId, entries]) => isWhole(entries, componentsOf(jobId)))
        .map(([jobId]) => ({ jobId, status: 'printed' as const })),
      ...(await Promise.all(
        [...failed].map(async ([jobId, entries]) => ({
          jobId,
          status: 'failed' as const,
          cause: await causeOf(error, entries),
        })),
      )),
    ]
  }
}

type OfJobs = ReadonlyMap<string, readonly NamedEntry[]>

/** A folder that is not there says nothing. */
async function entriesOf(folder: string, wanted: ReadonlySet<string>): Promise<OfJobs> {
  const jobs = new Map<string, NamedEntry[]>()
  for (const name of await namesIn(folder)) {
    const entry = jobOfName(name)
    if (entry === undefined || !wanted.has(entry.jobId)) continue
    jobs.set(entry.jobId, [...(jobs.get(entry.jobId) ?? []), entry])
  }
  return jobs
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return []
    throw error
  }
}

const pathsOf = (folder: string, jobs: OfJobs): string[] =>
  [...jobs.values()].flatMap((entries) => entries.map(({ name }) => join(folder, name)))

/** Jobs of which nothing moves any more. */
async function settledJobs(settling: Settling, folder: string, jobs: OfJobs): Promise<OfJobs> {
  const settled = new Map<string, readonly NamedEntry[]>()
  for (const [jobId, entries] of jobs) {
    // Each is asked, so that their times run side by side.
    const still = await Promise.all(entries.map(({ name }) => settling.hasSettled(join(folder, name))))
    if (still.every(Boolean)) settled.set(jobId, entries)
  }
  return settled
}

/** The first words of a text file of the job, or that it lies there. */
async function causeOf(folder: string, entries: readonly NamedEntry[]): Promise<string> {
  for (const { name } of entries) {
    const path = join(folder, name)
    const isFolder = (await stat(path)).isDirectory()
    const texts = (isFolder ? (await readdir(path)).map((each) => join(path, each)) : [path]).filter(isText)
    for (const text of texts.sort()) {
      const words = await wordsIn(text)
      if (words !== '') return words
    }
  }
  return 'the shop’s workflow moved it to its error folder'
}

const isText = (path: string): boolean => /\.(txt|log|err)$/i.test(path)

async function wordsIn(path: string): Promise<string> {
  if ((await stat(path)).size > mostTextBytes) return ''
  const words = (await readFile(path, 'utf8')).replaceAll(/[\s\p{Cc}\ufeff]+/gu, ' ').trim()
  return words.slice(0, longestCause)
}
