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
       printcloud-print-client --config FILE [jobs | release JOB | drop JOB | accept JOB | reject JOB CAUSE]

  enrol CODE        lets this client in, with a code of the operator; writes FILE (facility.json) where there is none

  --config FILE     runs the print client of one facility, until it is told to stop
    jobs            shows the jobs that are not finished, with their cause
    release JOB     a held or failed job was not printed: hand it over
    drop JOB        give it up; reported as cancelled
    accept JOB      where each job is accepted by hand: make it
    reject JOB CAUSE  the facility will not make it, for this cause; it is made elsewhere
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
  const command = decisionIn(name, jobId, more)
  if (command === undefined) throw new Refused('usage', usage)
  return { configPath: config, command }
}

function decisionIn(name: string, jobId: string | undefined, more: readonly string[]): OperatorCommand | undefined {
  if (jobId === undefined) return undefined
  const cause = more.join(' ')
  if (name === 'reject') return cause === '' ? undefined : { name, jobId, cause }
  if (name !== 'release' && name !== 'drop' && name !== 'accept') return undefined
  return more.length === 0 ? { name, jobId } : undefined
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
