import { constants } from 'node:fs'
import { copyFile, open } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Output } from '../sandbox/protocol.ts'

/**
 * Writes an output of the job folder to `path` as one file: its base, where it has one, and what is appended to it. The base
 * is cloned where the file system can (no bytes are copied), and copied by the kernel elsewhere.
 */
export async function joinOutput(folder: string, output: Pick<Output, 'file' | 'base'>, path: string): Promise<void> {
  const first = output.base ?? output.file
  await copyFile(join(folder, first), path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  if (output.base === undefined) return
  const appendix = await open(join(folder, output.file), constants.O_RDONLY | constants.O_NOFOLLOW)
  const joined = await open(path, 'a')
  // The streams close both files, also when they fail.
  await pipeline(appendix.createReadStream(), joined.createWriteStream())
}
