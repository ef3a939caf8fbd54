import { access, constants } from 'node:fs/promises'
import { CommandFault } from './command-fault.ts'

/** Throws CommandFault with `exitCode` when the file is not there or may not be opened. */
export async function mustBeReadable(path: string, exitCode: number): Promise<void> {
  try {
    await access(path, constants.R_OK)
  } catch (cause) {
    const isThere = !(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
    throw new CommandFault(
      exitCode,
      [
        `${path} cannot be read.`,
        isThere ? 'It is there, but may not be opened.' : 'There is no such file.',
        'Check its name and its rights, then run the same command again.',
      ],
      { cause },
    )
  }
}
