import { constants, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

/** Copies a file that a child made, or adds it to the end of `target`; a link in its place is refused. */
export async function copyPlain(path: string, target: string, how: 'new' | 'append'): Promise<void> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  if (!(await file.stat()).isFile()) {
    await file.close()
    throw new Error(`${path} is not a plain file`)
  }
  // The stream closes the file, also when it fails.
  await pipeline(file.createReadStream(), createWriteStream(target, { flags: how === 'new' ? 'wx' : 'a' }))
}
