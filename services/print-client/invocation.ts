import { parseArgs } from 'node:util'
import { Refused } from '#chassis/errors.ts'
import { clientVersion } from './assets/version.ts'
import type { Enrol } from './credentials/enrol.ts'
import type { OperatorCommand } from './operator/run-command.ts'

/** `say`: words for whoever asked, and nothing else is done. */
export type Invocation =
  | { readonly say: string }
  | { readonly enrol: Enrol }
  | { readonly configPath: string; readonly command?: OperatorCommand }

const usage = `usage: printcloud-print-client enrol CODE [--config FILE]
       printcloud-print-client --config FILE [jobs | release JOB | drop JOB]

  enrol CODE        lets this client in, with a code of the operator; writes FILE (facility.json) where there is none

  --config FILE     runs the print client of one facility, until it is told to stop
    jobs            shows the jobs that are not finished, with their cause
    release JOB     a held or failed job was not printed: hand it over
    drop JOB        give it up; reported as cancelled
  --version         the version of this program
  --help            these words
`

/** Reads the command line; throws Refused with the usage. */
export function readInvocation(words: readonly string[]): Invocation {
  const { config, help, version, rest } = parsed(words)
  if (help) return { say: usage }
  if (version) return { say: `${clientVersion()}\n` }
  const [name, jobId, ...more] = rest
  if (name === 'enrol' && jobId !== undefined && more.length === 0) {
    return { enrol: { code: jobId, configPath: config ?? 'facility.json' } }
  }
  if (config === undefined) throw new Refused('usage', usage)
  if (name === undefined) return { configPath: config }
  if (name === 'jobs' && jobId === undefined) return { configPath: config, command: { name } }
  if ((name === 'release' || name === 'drop') && jobId !== undefined && more.length === 0) {
    return { configPath: config, command: { name, jobId } }
  }
  throw new Refused('usage', usage)
}

const options = {
  config: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

function parsed(words: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
    return { ...values, rest: positionals }
  } catch (cause) {
    throw new Refused('usage', usage, [], { cause })
  }
}
