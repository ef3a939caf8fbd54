import { parseArgs } from 'node:util'
import { Refused } from '#chassis/errors.ts'
import type { OperatorCommand } from './operator/run-command.ts'

export type Invocation = { readonly configPath: string; readonly command?: OperatorCommand }

const usage = 'usage: main.ts --config FILE [jobs | release JOB | drop JOB]'

/** Reads the command line; throws Refused with the usage. */
export function readInvocation(words: readonly string[]): Invocation {
  const { config, rest } = parsed(words)
  if (config === undefined) throw new Refused('usage', usage)
  const [name, jobId, ...more] = rest
  if (name === undefined) return { configPath: config }
  if (name === 'jobs' && jobId === undefined) return { configPath: config, command: { name } }
  if ((name === 'release' || name === 'drop') && jobId !== undefined && more.length === 0) {
    return { configPath: config, command: { name, jobId } }
  }
  throw new Refused('usage', usage)
}

function parsed(words: readonly string[]): { readonly config: string | undefined; readonly rest: readonly string[] } {
  try {
    const read = parseArgs({ args: [...words], options: { config: { type: 'string' } }, allowPositionals: true })
    return { config: read.values.config, rest: read.positionals }
  } catch (cause) {
    throw new Refused('usage', usage, [], { cause })
  }
}
