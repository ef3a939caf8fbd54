import { basename } from 'node:path'
import { mustBeReadable } from '#chassis/command-line/must-be-readable.ts'
import { type File, fileSource } from '../order-client/node/index.ts'
import type { CommandContext } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { plain } from './text/plain.ts'
import { progressBar } from './text/progress-bar.ts'

const redrawMilliseconds = 100

/** Uploads a file of this machine, with a bar on stderr. Throws CommandFault (66) when it cannot be read. */
export async function sendFile(context: CommandContext, path: string): Promise<File> {
  await mustBeReadable(path, exitCodes.noInput)
  const client = await context.client()
  const name = plain(basename(path))
  const startedAt = performance.now()
  let drawnAt = 0
  const file = await client.files.upload(await fileSource(path), {
    filename: basename(path),
    signal: context.signal,
    onProgress: ({ sentBytes, totalBytes }) => {
      const now = performance.now()
      if (now - drawnAt < redrawMilliseconds && sentBytes < totalBytes) return
      drawnAt = now
      context.terminal.progress(progressBar({ name, sentBytes, totalBytes, milliseconds: now - startedAt }))
    },
  })
  return file
}

/** The id of an uploaded file, or an address: both are used as they are. */
export const isReference = (text: string): boolean => /^(fil_[0-9a-hjkmnp-tv-z]{26}$|https?:\/\/)/.test(text)

/** What an order or a preflight takes for a file that was named. */
export async function referenceTo(context: CommandContext, named: string): Promise<string> {
  return isReference(named) ? named : (await sendFile(context, named)).id
}
