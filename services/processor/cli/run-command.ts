import { writeFile } from 'node:fs/promises'
import { CommandFault } from '#chassis/command-line/command-fault.ts'
import type { Terminal } from '#chassis/command-line/terminal.ts'
import { createLog } from '#chassis/log.ts'
import { preflight } from '../job/preflight.ts'
import type { CliArguments } from './arguments.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { countWords, findingsText } from './findings-text.ts'
import { help } from './help.ts'
import { inScratchFolder } from './in-scratch-folder.ts'
import { type MadeFile, make } from './make.ts'
import { exitCodeOf, type Outcome, outcomeJson } from './outcome.ts'
import { productsText } from './products-text.ts'
import { type CliJob, readJob } from './read-job.ts'
import { reportHtml } from './report/report-html.ts'
import { runFit } from './run-fit.ts'

/** Runs one command to its exit code; throws CommandFault. */
export async function runCommand(wanted: CliArguments, terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  switch (wanted.command) {
    case 'help':
      terminal.out(help)
      return exitCodes.fine
    case 'products':
      terminal.out(productsText(wanted.isJson))
      return exitCodes.fine
    case 'preflight':
      return await runPreflight(wanted, terminal, signal)
    case 'make':
      return await runMake(wanted, terminal, signal)
    default: {
      const never: never = wanted.command
      return never
    }
  }
}

/** The converter's own words are for operators. */
const silent = () => createLog('printcloud', 'silent')

async function runPreflight(wanted: CliArguments, terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  if (wanted.sku === undefined) return await runFit(wanted, terminal, { log: silent(), signal })
  const job = await readJob(wanted)
  terminal.progress(`Checking ${job.files.length} ${job.files.length === 1 ? 'file' : 'files'} …`)
  const { report } = wanted
  if (report === undefined) {
    const seen = await preflight(job.files, job.spec, { log: silent(), signal })
    return conclude(wanted, job, { ...seen, inputs: inputsOf(seen.sources) }, terminal)
  }
  return await inScratchFolder(async (previewFolder) => {
    const seen = await preflight(job.files, { ...job.spec, previewFolder }, { log: silent(), signal })
    const outcome = { ...seen, inputs: inputsOf(seen.sources) }
    await written(report, await reportHtml(job.spec, outcome, previewFolder))
    return conclude(wanted, job, outcome, terminal, [`Report: ${report}`])
  })
}

async function runMake(wanted: CliArguments, terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  const job = await readJob(wanted)
  const made = await make(job, wanted, { log: silent(), signal, progress: terminal.progress })
  return conclude(wanted, job, made.outcome, terminal, resultLines(made.files), { files: made.files })
}

/** What to open by name; pictures of pages by their number. */
function resultLines(files: readonly MadeFile[]): readonly string[] {
  const named = files.filter(({ kind }) => kind !== 'preview' && kind !== 'overlay').map(({ path }) => path)
  const pictures = files.length - named.length
  return pictures > 0 ? [...named, `and ${pictures} pictures and overlays of the pages`] : named
}

const inputsOf = (sources: Outcome['inputs']): Outcome['inputs'] =>
  sources.map(({ role, position, sizeBytes, sha256 }) => ({ role, position, sizeBytes, sha256 }))

/** Prints the result and says how it ends. */
function conclude(
  wanted: CliArguments,
  { spec }: CliJob,
  outcome: Outcome,
  terminal: Terminal,
  results: readonly string[] = [],
  more: Readonly<Record<string, unknown>> = {},
): ExitCode {
  const { findings, pages } = outcome
  if (wanted.pages !== undefined && pages !== undefined && pages !== wanted.pages) {
    throw new CommandFault(exitCodes.rejected, [
      `The content has ${pages} ${pages === 1 ? 'page' : 'pages'}.`,
      `--pages asks for ${wanted.pages}.`,
      'Export the file again, or leave --pages out.',
    ])
  }
  if (wanted.isJson) {
    terminal.out(`${JSON.stringify({ ...outcomeJson(spec.product.sku, outcome), ...more }, undefined, 2)}\n`)
  } else {
    const heading = `${spec.product.title}${pages === undefined ? '' : ` · ${pages} ${pages === 1 ? 'page' : 'pages'}`}`
    const list = findings.length > 0 ? `\n${findingsText(findings, terminal.hasColour)}` : ''
    terminal.out(`${[heading, list, `${countWords(findings)}.`, ...results].join('\n')}\n`)
  }
  return exitCodeOf(findings, wanted.isStrict)
}

async function written(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (cause) {
    throw new CommandFault(
      exitCodes.cannotWrite,
      [
        `${path} cannot be written.`,
        cause instanceof Error ? cause.message : String(cause),
        'Name a file in a folder that exists and may be written to.',
      ],
      { cause },
    )
  }
}
