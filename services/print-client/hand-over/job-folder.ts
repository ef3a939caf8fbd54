import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exists } from '../exists.ts'
import { onFolders } from '../folder-fault.ts'
import { syncFolder } from '../journal/durable.ts'

export const ticketName = 'ticket.json'

/** `complete` has its ticket.json, which is written last. */
export type Staged = 'absent' | 'partial' | 'complete'

/** The folder in which one job is filled. Every method throws FolderFault when the disk refuses. */
export type JobFolder = {
  readonly path: string
  readonly make: () => Promise<void>
  readonly look: () => Promise<Staged>
  /** Makes the folder incomplete again, before anything in it changes. */
  readonly reopen: () => Promise<void>
  /** Gives the room back and keeps the folder itself, whose absence would speak of a hand-over. */
  readonly empty: () => Promise<void>
  readonly remove: () => Promise<void>
}

/** `jobId` was checked by the contract: lower-case letters, digits and an underscore, a safe name on every system. */
export function jobFolder(staging: string, jobId: string): JobFolder {
  const path = join(staging, jobId)
  return {
    path,
    make: () =>
      onFolders('staging folder', async () => {
        await mkdir(path, { recursive: true })
        await syncFolder(staging)
      }),
    look: () => onFolders('look at staging', () => look(path)),
    reopen: () =>
      onFolders('reopen staging', async () => {
        await rm(join(path, ticketName), { force: true })
        await syncFolder(path)
      }),
    empty: () =>
      onFolders('empty staging', async () => {
        for (const name of await readdir(path)) await rm(join(path, name), { recursive: true })
      }),
    remove: () => onFolders('remove from staging', () => rm(path, { recursive: true, force: true })),
  }
}

async function look(path: string): Promise<Staged> {
  if (!(await exists(path))) return 'absent'
  return (await exists(join(path, ticketName))) ? 'complete' : 'partial'
}

/** Removes what lies in staging for no job that still needs it. */
export async function sweepStaging(staging: string, isNeeded: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(staging)) {
    if (!isNeeded(name)) await rm(join(staging, name), { recursive: true, force: true })
  }
}
