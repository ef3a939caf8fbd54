import { parseArgs } from 'node:util'
import { machine } from '../bench/machine.ts'
import { runAndPrint } from '../bench/run-and-print.ts'
import { CannotStart, exitCodes } from '../local/supervisor/cannot-start.ts'
import { type Drill, isKept } from './drill.ts'
import { edits } from './edits/edits.ts'
import { originDown } from './origin-down/origin-down.ts'
import { region } from './region/region.ts'
import { reportOf } from './report.ts'

/** `npm run drill`: see `help`. */
const drills: readonly Drill[] = [originDown, edits, region]
const [fewest, most] = [10, 100_000]
const longestName = Math.max(...drills.map(({ name }) => name.length))

const help = `Rehearses a bad day on this machine and prints what it showed.

Use: npm run drill -- NAME [--publications N] [--seed N] [--json]

${drills.map(({ name, shows }) => `  ${name.padEnd(longestName)}  ${shows}`).join('\n')}

Exit codes: 0 all that must hold held, 1 something did not, 2 wrong argument.
`

await runAndPrint(main)

async function main(signal: AbortSignal): Promise<string> {
  const { positionals, values } = commandLine()
  const [wanted] = positionals
  const drill = drills.find(({ name }) => name === wanted)
  if (values.help) return help
  const seed = Number(values.seed ?? 1)
  const publications = Number(values.publications ?? drill?.publications)
  if (!drill)
    throw wrong(`${wanted === undefined ? 'No drill is named' : `There is no drill ${JSON.stringify(wanted)}`}.`)
  if (positionals.length > 1) throw wrong('One drill at a time.')
  if (!Number.isInteger(seed)) throw wrong(`--seed is ${JSON.stringify(values.seed)}; it must be a whole number.`)
  if (!Number.isInteger(publications) || publications < fewest || publications > most) {
    throw wrong(`--publications is ${JSON.stringify(values.publications)}; it must be from ${fewest} to ${most}.`)
  }
  const before = machine()
  const outcome = await drill.run({ seed, publications, signal, tell })
  if (outcome.faults.length > 0 || !outcome.figures.every(isKept)) process.exitCode = 1
  return values.json
    ? `${JSON.stringify({ ...outcome, machine: before }, undefined, 2)}\n`
    : reportOf(drill, outcome, before)
}

function commandLine() {
  const text = { type: 'string' } as const
  const yes = { type: 'boolean' } as const
  try {
    return parseArgs({ allowPositionals: true, options: { json: yes, help: yes, seed: text, publications: text } })
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error))
  }
}

function wrong(why: string): CannotStart {
  return new CannotStart(exitCodes.badArguments, [why, '', help])
}

function tell(words: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${words}\n`)
}
