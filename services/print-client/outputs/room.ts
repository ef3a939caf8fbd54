import { statfs } from 'node:fs/promises'
import { FolderFault, onFolders } from '../folder-fault.ts'

/** Room that stays free beside the jobs, for the journal. */
const reserveBytes = 16 * 1024 * 1024

/** Throws FolderFault unless `bytes` more fit on the disk of each folder. */
export async function requireDiskRoom(folders: Iterable<string>, bytes: number): Promise<void> {
  for (const folder of folders) {
    if ((await freeBytes(folder)) < bytes + reserveBytes) throw new FolderFault(`The disk of ${folder} is full`)
  }
}

/** What is free on the disk of a folder, for this user. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await onFolders('disk', () => statfs(folder))
  return bavail * bsize
}
