import { parseArgs } from 'node:util'
import { CannotStart, exitCodes } from '../../local/supervisor/cannot-start.ts'
import { rows } from './rows/rows.ts'

export type PrintBenchArguments = {
  readonly isHelp: boolean
  readonly isJson: boolean
  readonly isMarkdown: boolean
  readonly rows: readonly string[]
  readonly runs: number
  readonly inputs: string
  readonly chart: string | undefined
}

export const printBenchHelp = `Measures how fast print files are made, beside every other tool that is installed.

Use: npm run bench:print -- [--only ROW]… [--runs 3] [--json | --markdown] [--chart FILE.svg] [--inputs FOLDER]

  --only ROW      one of ${rows.map(({ id }) => id).join(', ')}
  --runs N        pairs of runs with each peer, taking turns in going first
  --json          all figures as JSON
  --markdown      the table as it stands in docs/benchmarks.md
  --chart FILE    draws the ratios
  --inputs DIR    where the inputs are made and kept (1.5 GB; .printcloud/bench-print)

Progress goes to stderr. The first run makes the inputs, which takes some minutes.
`

/** Throws CannotStart (exit code 2) that says what is wrong. */
export function readPrintBenchArguments(commandLine: readonly string[]): PrintBenchArguments {
  const values = parsed(commandLine)
  const known = rows.map(({ id }) => id)
  const only = values.only ?? known
  const unknown = only.find((id) => !known.includes(id))
  if (unknown !== undefined) throw wrong(`--only is ${JSON.stringify(unknown)}; it must be one of ${known.join(', ')}.`)
  const runs = Number(values.runs ?? '3')
  if (!Number.isInteger(runs) || runs < 1 || runs > 50) {
    throw wrong(`--runs is ${JSON.stringify(values.runs)}; it must be a whole number from 1 to 50.`)
  }
  return {
    isHelp: values.help ?? false,
    isJson: values.json ?? false,
    isMarkdown: values.markdown ?? false,
    rows: only,
    runs,
    inputs: values.inputs ?? '.printcloud/bench-print',
    chart: values.chart,
  }
}

function parsed(commandLine: readonly string[]) {
  const text = { type: 'string' } as const
  const yes = { type: 'boolean' } as const
  const many = { type: 'string', multiple: true } as const
  try {
    return parseArgs({
      args: [...commandLine],
      options: { help: yes, json: yes, markdown: yes, only: many, runs: text, inputs: text, chart: text },
    }).values
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error))
  }
}

function wrong(why: string): CannotStart {
  return new CannotStart(exitCodes.badArguments, [why, 'npm run bench:print -- --help lists all arguments.'])
}
