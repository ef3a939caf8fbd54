import { parseArgs } from 'node:util'
import { CannotStart, exitCodes } from '../../local/supervisor/cannot-start.ts'

export const parts = ['intake', 'delivery', 'reads', 'memory', 'quotes'] as const
export type Part = (typeof parts)[number]

export type BenchArguments = {
  readonly isHelp: boolean
  readonly isJson: boolean
  readonly parts: readonly Part[]
  readonly rounds: number
  readonly seconds: number
  /** One measurement of (a) and (b) for each. */
  readonly clients: readonly number[]
  readonly orders: number
  readonly accepted: number
}

export const benchHelp = `Measures how fast orders are taken and read, and how soon their jobs arrive, on platforms of its own.

Use: npm run bench:orders -- [--only ${parts.join('|')}] [--rounds 9] [--seconds 2]
       [--clients 16,64] [--orders 40] [--accepted 100000] [--json]

  --only PART    intake: (a) POST /v1/orders, (b) its statement alone, (c) a / b
                 delivery: (d) from the 201 to the job folder
                 reads: (e) GET /v1/orders/:id, (f) bare Fastify with the same bytes, (g) e / f
                 memory: (h) what order-api holds after 100,000 orders
                 quotes: (i) POST /v1/quotes
  --rounds N     pairs of rounds of (a) and (b), (e) and (f)
  --seconds N    length of each round, about
  --clients N,M  orders under way at any moment in (a) and (b), one measurement each; the most of them in (e) and (f)
  --orders N     posters in (d), one after the other
  --accepted N   orders in (h)
  --json         all figures as JSON
`

/** Throws CannotStart (exit code 2) that says what is wrong. */
export function readBenchArguments(commandLine: readonly string[]): BenchArguments {
  const values = parsed(commandLine)
  return {
    isHelp: values.help ?? false,
    isJson: values.json ?? false,
    parts: values.only === undefined ? parts : [partOf(values.only)],
    rounds: count('rounds', values.rounds ?? '9', 100),
    seconds: count('seconds', values.seconds ?? '2', 60),
    clients: (values.clients ?? '16,64').split(',').map((each) => count('clients', each, 256)),
    orders: count('orders', values.orders ?? '40', 1000),
    accepted: count('accepted', values.accepted ?? '100000', 1_000_000),
  }
}

function parsed(commandLine: readonly string[]) {
  const text = { type: 'string' } as const
  const yes = { type: 'boolean' } as const
  try {
    return parseArgs({
      args: [...commandLine],
      options: {
        help: yes,
        json: yes,
        only: text,
        rounds: text,
        seconds: text,
        clients: text,
        orders: text,
        accepted: text,
      },
    }).values
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error))
  }
}

function partOf(text: string): Part {
  const found = parts.find((part) => part === text)
  if (found) return found
  throw wrong(`--only is ${JSON.stringify(text)}; it must be one of ${parts.join(', ')}.`)
}

function count(name: string, text: string, most: number): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= most) return number
  throw wrong(`--${name} is ${JSON.stringify(text)}; it must be a whole number from 1 to ${most}.`)
}

function wrong(why: string): CannotStart {
  return new CannotStart(exitCodes.badArguments, [why, 'npm run bench:orders -- --help lists all arguments.'])
}
