import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { openPlain } from '../sandbox/open-plain.ts'

/** sha256 of a file that the child wrote, in hex; links are not followed. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  const file = await openPlain(path)
  // The stream closes the file, also when it fails.
  await pipeline(file.createReadStream(), hash)
  return hash.digest('hex')
}
