import { access, constants } from 'node:fs/promises'
import { basename } from 'node:path'
import { CommandFault } from '#chassis/command-line/command-fault.ts'
import { type File, fileSource } from '../order-client/node/index.ts'
import type { CommandContext } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { plain } from './text/plain.ts'
import { progressBar } from './text/progress-bar.ts'

const redrawMilliseconds = 100

/** Uploads a file of this machine, with a bar on stderr. Throws CommandFault (66) when it cannot be read. */
export async function sendFile(context: CommandContext, path: string): Promise<File> {
  await mustBeReadable(path)
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

async function mustBeReadable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK)
  } catch (cause) {
    const isThere = !(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
    throw new CommandFault(
      exitCodes.noInput,
      [
        `${path} cannot be read.`,
        isThere ? 'It is there, but may not be opened.' : 'There is no such file.',
        'Check its name and its rights, then run the same command again.',
      ],
      { cause },
    )
  }
}

/** The id of an uploaded file, or an address: both are used as they are. */
export const isReference = (text: string): boolean => /^(fil_[0-9a-hjkmnp-tv-z]{26}$|https?:\/\/)/.test(text)

/** What an order or a preflight takes for a file that was named. */
export async function referenceTo(context: CommandContext, named: string): Promise<string> {
  return isReference(named) ? named : (await sendFile(context, named)).id
}
