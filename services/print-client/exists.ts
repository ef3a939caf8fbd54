import { lstat } from 'node:fs/promises'

/** Whether something has this name, be it a link to nowhere. Throws what the file system says apart from "no such". */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}
