import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { openPlain } from './open-plain.ts'

/**
 * Copies a file that lies where a converter may write into a new one, or adds it to the end of `target`. A link in the place
 * of either would read or write outside the folder in the parent's name: both are refused.
 */
export async function copyPlain(path: string, target: string, how: 'new' | 'append'): Promise<void> {
  const file = await openPlain(path)
  // The stream closes the file, also when it fails.
  await pipeline(file.createReadStream(), createWriteStream(target, { flags: how === 'new' ? 'wx' : 'a' }))
}
