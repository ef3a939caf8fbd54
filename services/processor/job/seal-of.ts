import { lstat } from 'node:fs/promises'

/**
 * Changes with every write to a file, with every other file in its place and with every change of its names or rights: the
 * time of change is the system's own, and no converter can set it back. Throws for what is no plain file.
 */
export async function sealOf(path: string): Promise<string> {
  const found = await lstat(path, { bigint: true })
  if (!found.isFile()) throw new Error(`${path} is not a plain file`)
  return `${found.ino} ${found.size} ${found.ctimeNs}`
}
