import { parseArgs } from 'node:util'
import { CannotStart, exitCodes } from '../../local/supervisor/cannot-start.ts'

export const parts = ['reads', 'views', 'traffic'] as const
export type Part = (typeof parts)[number]

const numbers = {
  rounds: { fallback: 9, most: 100, what: 'pairs of rounds of (a) and (b)' },
  seconds: { fallback: 2, most: 60, what: 'length of each round, about' },
  clients: { fallback: 64, most: 256, what: 'connections in (a) and (b)' },
  views: { fallback: 1_000_000, most: 100_000_000, what: 'page views in (e)' },
  publications: { fallback: 10_000, most: 1_000_000, what: 'publications they fall on, by Zipf(1)' },
  edges: { fallback: 20, most: 1_000, what: 'caches they fall on, none behind another' },
  edits: { fallback: 1_000, most: 1_000_000, what: 'edits of a publication meanwhile' },
  hours: { fallback: 24, most: 8_760, what: 'time in which all that happens' },
  seed: { fallback: 1, most: 2 ** 31, what: 'of the random numbers in (e)' },
} as const
type NumberName = keyof typeof numbers

export type BenchArguments = Readonly<Record<NumberName, number>> & {
  readonly isHelp: boolean
  readonly isJson: boolean
  readonly parts: readonly Part[]
}

export const benchHelp = `Measures published reads: how fast, how many bytes, how much reaches the stores, and what it costs.

Use: npm run bench:published -- [--only ${parts.join('|')}] [--rounds N] … [--json]

  --only PART      reads: (a) a document through the front door, (b) bare Fastify with the same bytes
                   views: (c) bytes and (d) requests of a button view
                   traffic: (e) requests that reach the stores; (f) the cost, with what (c) and (d) say
${Object.entries(numbers)
  .map(([name, { fallback, what }]) => `  ${`--${name} N`.padEnd(16)} ${what} (${fallback})`)
  .join('\n')}
  --json           all figures as JSON
`

/** Throws CannotStart (exit code 2) that says what is wrong. */
export function readBenchArguments(commandLine: readonly string[]): BenchArguments {
  const values = parsed(commandLine)
  const count = (name: NumberName): number => numberOf(name, values[name])
  return {
    isHelp: values.help ?? false,
    isJson: values.json ?? false,
    parts: values.only === undefined ? parts : [partOf(values.only)],
    rounds: count('rounds'),
    seconds: count('seconds'),
    clients: count('clients'),
    views: count('views'),
    publications: count('publications'),
    edges: count('edges'),
    edits: count('edits'),
    hours: count('hours'),
    seed: count('seed'),
  }
}

function parsed(commandLine: readonly string[]) {
  const text = { type: 'string' } as const
  const yes = { type: 'boolean' } as const
  const known = {
    ...{ help: yes, json: yes, only: text, rounds: text, seconds: text, clients: text, views: text },
    ...{ publications: text, edges: text, edits: text, hours: text, seed: text },
  }
  try {
    return parseArgs({ args: [...commandLine], options: known }).values
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error))
  }
}

function partOf(text: string): Part {
  const found = parts.find((part) => part === text)
  if (found) return found
  throw wrong(`--only is ${JSON.stringify(text)}; it must be one of ${parts.join(', ')}.`)
}

function numberOf(name: NumberName, text: string | undefined): number {
  const { fallback, most } = numbers[name]
  const number = Number(text ?? fallback)
  if (Number.isInteger(number) && number >= 1 && number <= most) return number
  throw wrong(`--${name} is ${JSON.stringify(text)}; it must be a whole number from 1 to ${most}.`)
}

function wrong(why: string): CannotStart {
  return new CannotStart(exitCodes.badArguments, [why, 'npm run bench:published -- --help lists all arguments.'])
}
