import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

/** sha256 of a file that the child wrote, in hex; links are not followed. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  // The stream closes the file, also when it fails.
  await pipeline(file.createReadStream(), hash)
  return hash.digest('hex')
}
