import { access, constants, rename, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Clock } from '#chassis/clock.ts'
import { cancelFileName, type JobCancel } from '#contracts/messages/job-cancel.ts'
import { exists } from '../../exists.ts'
import { onFolders } from '../../folder-fault.ts'
import { jobFolder } from '../../hand-over/job-folder.ts'
import { syncFolder, writeDurably } from '../../journal/durable.ts'
import type { Output } from '../output.ts'
import { requireDiskRoom } from '../room.ts'
import { type ComponentsOf, listenToFolders } from './listen-to-folders.ts'
import { folderPossession } from './possession.ts'
import { renameInsisting } from './rename-insisting.ts'

export type HotFolderSetting = {
  readonly name: string
  readonly folder: string
  /** Where the shop's workflow moves what it has printed, and what it could not. Looked at where they are there. */
  readonly done: string
  readonly error: string
  readonly staging: string
  readonly stateFolder: string
  readonly componentsOf: ComponentsOf
  readonly clock: Clock
}

/**
 * A folder that the shop's own system watches. A job appears in it by one rename(2) with everything in it: whole, once, or not at all.
 * The shop may take it away at any moment.
 */
export function createHotFolder(setting: HotFolderSetting): Output {
  const { name, folder, done, error, staging, stateFolder, clock } = setting
  const settle = async (): Promise<void> => {
    await syncFolder(folder)
    await syncFolder(staging)
  }
  return {
    name,
    kind: 'hot_folder',
    staging,
    look: (jobId, isSameBoot) =>
      onFolders('look at the folders', async () => {
        // A hot folder that is not mounted must not read as "the job is not there".
        await stat(folder)
        const isInHotFolder = await isInOne([folder, done, error], jobId)
        const staged = await jobFolder(staging, jobId).look()
        // Seen by us, it may yet be undone by a loss of power.
        if (isInHotFolder) await settle()
        return folderPossession({ isInHotFolder, staged }, isSameBoot)
      }),
    handOver: (job) =>
      onFolders('hand over', async () => {
        await renameInsisting(job.folder, join(folder, job.jobId), clock)
        await settle()
      }),
    requireRoom: async (sizeBytes) => {
      // The slash: a file of that name is no folder.
      await onFolders('hot folder', () => access(`${folder}/`, constants.W_OK))
      await requireDiskRoom([staging, stateFolder], sizeBytes)
    },
    listen: listenToFolders({ done, error, componentsOf: setting.componentsOf, clock }),
    cancel: async (_, wish) => {
      await onFolders('cancel file', () => tellShop(folder, staging, wish))
      // The shop may still answer by a status; nobody can promise now that it does not print.
      return false
    },
  }
}

async function isInOne(folders: readonly string[], jobId: string): Promise<boolean> {
  for (const folder of folders) if (await exists(join(folder, jobId))) return true
  return false
}

/** Whole or not there, like a job folder. */
async function tellShop(folder: string, staging: string, wish: JobCancel): Promise<void> {
  const staged = join(staging, cancelFileName(wish.jobId))
  await writeDurably(staged, `${JSON.stringify(wish, undefined, 2)}\n`)
  await rename(staged, join(folder, basename(staged)))
  await syncFolder(folder)
}
