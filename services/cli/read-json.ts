import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { Static, TSchema } from 'typebox'
import { CommandFault } from '#chassis/command-line/command-fault.ts'
import { parse } from '#contracts/parse.ts'
import { exitCodes } from './exit-codes.ts'

/** A JSON file, or stdin for "-", held against its schema. Throws CommandFault (64 or 66) with every fault. */
export async function readJson<S extends TSchema>(path: string, what: string, schema: S): Promise<Static<S>> {
  const content = await contentOf(path)
  try {
    return parse(what, schema, JSON.parse(content))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CommandFault(
      exitCodes.usage,
      [`${path} is no ${what}.`, why, 'Mend it, then run the same command again.'],
      { cause },
    )
  }
}

async function contentOf(path: string): Promise<string> {
  try {
    return path === '-' ? await text(process.stdin) : await readFile(path, 'utf8')
  } catch (cause) {
    throw new CommandFault(
      exitCodes.noInput,
      [`${path} cannot be read.`, whyNot(cause), 'Check its name and its rights, then run the same command again.'],
      { cause },
    )
  }
}

function whyNot(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return 'There is no such file.'
  return cause instanceof Error ? cause.message : String(cause)
}
