import { Transient } from '#chassis/errors.ts'

/** The hot folder or the disk does not take the job now (full, read-only, not mounted): taking more tickets is no use. */
export class FolderFault extends Transient {
  override name = 'FolderFault'
}

/** Runs work on folders; whatever the file system refuses becomes a FolderFault. */
export async function onFolders<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause) throw new FolderFault(`${what}: ${cause.message}`, { cause })
    throw cause
  }
}
