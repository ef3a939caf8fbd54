import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { runAndPrint } from '../run-and-print.ts'
import { type PrintBenchArguments, printBenchHelp, readPrintBenchArguments } from './arguments.ts'
import { makeInputs } from './inputs/make-inputs.ts'
import { chartOf } from './report/chart.ts'
import { markdownOf } from './report/markdown.ts'
import { printMachine } from './report/print-machine.ts'
import { tableOf } from './report/table.ts'
import { rows } from './rows/rows.ts'
import { type RowResult, runRow } from './run-row.ts'

const tell = (words: string): void => void process.stderr.write(`${words}\n`)

// A sign of the end is heard between two runs.
await runAndPrint(async (signal) => {
  const options = readPrintBenchArguments(process.argv.slice(2))
  return options.isHelp ? printBenchHelp : await report(options, signal)
})

async function report(options: PrintBenchArguments, signal: AbortSignal): Promise<string> {
  const { rows: wanted, inputs, runs, isJson, isMarkdown, chart } = options
  const folder = resolve(inputs)
  const chosen = rows.filter(({ id }) => wanted.includes(id))
  await makeInputs(folder, new Set(chosen.flatMap((row) => row.inputs)), tell)
  const machine = printMachine()
  const results: RowResult[] = []
  for (const row of chosen) results.push(await runRow(row, { inputs: folder, runs, signal, tell }))
  if (chart !== undefined) await writeFile(chart, chartOf(results))
  if (isJson) return `${JSON.stringify({ machine, results }, undefined, 2)}\n`
  return isMarkdown ? markdownOf(machine, results) : tableOf(machine, results)
}
