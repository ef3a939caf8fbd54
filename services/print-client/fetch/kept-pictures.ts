import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ifThere } from '#chassis/if-there.ts'
import type { Log } from '#chassis/log.ts'

/** Pictures of first pages beside the journal, for people at the press: they are there while the cable is cut. */
export type KeptPictures = {
  /** Undefined where there is none, or where the folder cannot be read. */
  readonly of: (jobId: string) => Promise<Uint8Array | undefined>
  /** Never throws: nobody waits for a picture, and a full disk has better use for its room. */
  readonly keep: (jobId: string, bytes: Uint8Array) => Promise<void>
}

export type KeptPicturesOptions = {
  readonly stateFolder: string
  /** Whether the journal knows the job. */
  readonly isKnown: (jobId: string) => boolean
  readonly log: Pick<Log, 'debug'>
  /** In all; those that were kept longest go first. */
  readonly mostBytes?: number
}

const mostBytesOfAll = 64 * 1024 * 1024

/** One file a job, named after it, for this machine's user alone. Those of jobs that the journal forgot go now, and whenever one comes. */
export async function keepPictures(options: KeptPicturesOptions): Promise<KeptPictures> {
  const { stateFolder, log } = options
  const folder = join(stateFolder, 'pictures')
  const quietly = <T>(work: Promise<T>): Promise<T | undefined> =>
    work.catch((error: unknown) => {
      log.debug({ err: error }, 'pictures_not_kept')
      return undefined
    })
  await quietly(sweep(folder, options))
  return {
    of: (jobId) => quietly(ifThere(readFile(join(folder, jobId)))),
    keep: async (jobId, bytes) => {
      await quietly(write(folder, jobId, bytes))
      await quietly(sweep(folder, options))
    },
  }
}

async function write(folder: string, jobId: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, jobId)
  await writeFile(`${path}.next`, bytes, { mode: 0o600 })
  await rename(`${path}.next`, path)
}

type Kept = { readonly path: string; readonly sizeBytes: number; readonly atMilliseconds: number }

async function sweep(folder: string, { isKnown, mostBytes = mostBytesOfAll }: KeptPicturesOptions): Promise<void> {
  const kept: Kept[] = []
  for (const name of (await ifThere(readdir(folder))) ?? []) {
    const path = join(folder, name)
    const file = await ifThere(stat(path))
    // What is being written has another name for a moment.
    if (!isKnown(name.replace(/\.next$/, ''))) await rm(path, { force: true })
    else if (file) kept.push({ path, sizeBytes: file.size, atMilliseconds: file.mtimeMs })
  }
  let left = kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  for (const { path, sizeBytes } of kept.sort((a, b) => a.atMilliseconds - b.atMilliseconds)) {
    if (left <= mostBytes) return
    await rm(path, { force: true })
    left -= sizeBytes
  }
}
