import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CannotStart } from '../../local/supervisor/cannot-start.ts'
import { type PrintBenchArguments, printBenchHelp, readPrintBenchArguments } from './arguments.ts'
import { makeInputs } from './inputs/make-inputs.ts'
import { chartOf } from './report/chart.ts'
import { markdownOf } from './report/markdown.ts'
import { printMachine } from './report/print-machine.ts'
import { tableOf } from './report/table.ts'
import { rows } from './rows/rows.ts'
import { type RowResult, runRow } from './run-row.ts'

/** A sign of the end is heard between two runs. */
const ending = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => ending.abort(new Error(name)))
const tell = (words: string): void => void process.stderr.write(`${words}\n`)

try {
  const options = readPrintBenchArguments(process.argv.slice(2))
  process.stdout.write(options.isHelp ? printBenchHelp : await report(options))
} catch (error) {
  process.exitCode = 1
  if (error instanceof CannotStart) {
    process.exitCode = error.exitCode
    tell(error.lines.join('\n'))
  } else if (!ending.signal.aborted) throw error
}

async function report({ rows: wanted, inputs, runs, isJson, isMarkdown, chart }: PrintBenchArguments) {
  const folder = resolve(inputs)
  const chosen = rows.filter(({ id }) => wanted.includes(id))
  await makeInputs(folder, new Set(chosen.flatMap((row) => row.inputs)), tell)
  const machine = printMachine()
  const results: RowResult[] = []
  for (const row of chosen) results.push(await runRow(row, { inputs: folder, runs, signal: ending.signal, tell }))
  if (chart !== undefined) await writeFile(chart, chartOf(results))
  if (isJson) return `${JSON.stringify({ machine, results }, undefined, 2)}\n`
  return isMarkdown ? markdownOf(machine, results) : tableOf(machine, results)
}
