import { access, constants, lstat, mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { FolderFault, onFolders } from '../folder-fault.ts'
import { syncFolder } from '../journal/durable.ts'
import type { Places } from '../places.ts'
import type { Evidence } from './next-step.ts'

export const ticketName = 'ticket.json'
/** Room that stays free beside the job, for the journal. */
const reserveBytes = 16 * 1024 * 1024

/** The folder of one job, in staging and in the hot folder. Every method throws FolderFault when the disk refuses. */
export type JobFolder = {
  readonly staged: string
  readonly make: () => Promise<void>
  readonly look: () => Promise<Evidence>
  /** Makes the folder incomplete again, before anything in it changes. */
  readonly reopen: () => Promise<void>
  /** Hands the job over: one rename(2), durable on return. */
  readonly moveToHotFolder: () => Promise<void>
  /** Makes a hand-over that was seen in the hot folder durable. */
  readonly settle: () => Promise<void>
  /** Gives the room back and keeps the folder itself, whose absence would speak of a hand-over. */
  readonly empty: () => Promise<void>
  readonly remove: () => Promise<void>
}

/** `jobId` was checked by the contract: lower-case letters, digits and an underscore, a safe name on every system. */
export function jobFolder(places: Pick<Places, 'hotFolder' | 'staging'>, jobId: string): JobFolder {
  const staged = join(places.staging, jobId)
  const handed = join(places.hotFolder, jobId)
  const settle = async (): Promise<void> => {
    await syncFolder(places.hotFolder)
    await syncFolder(places.staging)
  }
  return {
    staged,
    make: () =>
      onFolders('staging folder', async () => {
        await mkdir(staged, { recursive: true })
        await syncFolder(places.staging)
      }),
    look: () =>
      onFolders('look at the folders', async () => {
        // A hot folder that is not mounted must not read as "the job is not there".
        await stat(places.hotFolder)
        const isInHotFolder = await exists(handed)
        if (!(await exists(staged))) return { isInHotFolder, staged: 'absent' }
        return { isInHotFolder, staged: (await exists(join(staged, ticketName))) ? 'complete' : 'partial' }
      }),
    reopen: () =>
      onFolders('reopen staging', async () => {
        await rm(join(staged, ticketName), { force: true })
        await syncFolder(staged)
      }),
    moveToHotFolder: () =>
      onFolders('hand over', async () => {
        await rename(staged, handed)
        await settle()
      }),
    settle: () => onFolders('settle', settle),
    empty: () =>
      onFolders('empty staging', async () => {
        for (const name of await readdir(staged)) await rm(join(staged, name))
      }),
    remove: () => onFolders('remove from staging', () => rm(staged, { recursive: true, force: true })),
  }
}

/** Removes what lies in staging for no job that still needs it. */
export async function sweepStaging(staging: string, isNeeded: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(staging)) {
    if (!isNeeded(name)) await rm(join(staging, name), { recursive: true, force: true })
  }
}

/** Throws FolderFault unless a job of `bytes` could be staged and handed over now; asked before a job is claimed. */
export async function requireRoom(places: Pick<Places, 'hotFolder' | 'staging' | 'stateFolder'>, bytes: number) {
  await onFolders('hot folder', () => access(places.hotFolder, constants.W_OK))
  for (const folder of [places.staging, places.stateFolder]) {
    const { bavail, bsize } = await onFolders('disk', () => statfs(folder))
    if (bavail * bsize < bytes + reserveBytes) throw new FolderFault(`The disk of ${folder} is full`)
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}
