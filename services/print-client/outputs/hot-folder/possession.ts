import type { Staged } from '../../hand-over/job-folder.ts'
import type { Possession } from '../output.ts'

/** What the folders say of a job. */
export type FolderEvidence = {
  /** In the hot folder, or where the shop's workflow moves what it has worked on. */
  readonly isInHotFolder: boolean
  /** The folder is made before the claim, and only the rename of the hand-over takes it away. */
  readonly staged: Staged
}

/**
 * Whether the shop has a job that goes out by rename(2); pure. A shop may take a job out of the hot folder at any moment, so that it is the
 * folder in staging that tells: gone, it was handed over. After a loss of power the disk may show a whole one again although the shop took it;
 * one without a ticket was never near the hot folder.
 */
export function folderPossession({ isInHotFolder, staged }: FolderEvidence, isSameBoot: boolean): Possession {
  if (isInHotFolder) return 'has'
  if (staged === 'absent') return 'cannot_tell'
  return staged === 'complete' && !isSameBoot ? 'cannot_tell' : 'has_not'
}
