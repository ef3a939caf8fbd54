import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CommandFault } from '#chassis/command-line/command-fault.ts'
import type { Log } from '#chassis/log.ts'
import { type Converted, convert } from '../job/convert.ts'
import { withLocalJob } from '../job/local-job.ts'
import { Rejected } from '../job/rejected.ts'
import { copyPlain } from '../sandbox/copy-plain.ts'
import type { CliArguments } from './arguments.ts'
import { exitCodes } from './exit-codes.ts'
import { joinOutput } from './join-output.ts'
import type { Outcome } from './outcome.ts'
import type { CliJob } from './read-job.ts'
import { writePapers } from './write-papers.ts'

export type MadeFile = {
  readonly kind: 'print_file' | 'preview' | 'overlay' | 'report' | 'receipt'
  readonly path: string
}
export type Made = { readonly outcome: Outcome; readonly files: readonly MadeFile[] }

export type MakeContext = {
  readonly log: Log
  readonly signal: AbortSignal
  readonly progress: (words: string) => void
}

/** Makes print files of this machine's files into `out`: whole or not at all. What is refused leaves a report only. */
export async function make(job: CliJob, { out }: Pick<CliArguments, 'out'>, context: MakeContext): Promise<Made> {
  const target = resolve(out)
  const draft = join(target, '.printcloud-draft')
  await prepared(target, draft)
  try {
    const { outcome, files } = await intoDraft(job, draft, context)
    await removeEarlier(target)
    const placed: MadeFile[] = []
    for (const { kind, path } of files) {
      await rename(join(draft, path), join(target, path))
      placed.push({ kind, path: join(out, path) })
    }
    return { outcome, files: placed }
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** What an earlier run left under our names must not be taken for this one's: a refusal leaves no print file behind. */
async function removeEarlier(target: string): Promise<void> {
  const names = await readdir(target)
  if (!names.includes('receipt.json')) return
  for (const name of names.filter((each) => ours.test(each))) await rm(join(target, name), { force: true })
}

const ours = /^((interior|cover|sheet)\.pdf|(preview|panel|overlay|proof)-[a-z0-9-]+\.(jpg|png|svg)|receipt\.json)$/

async function prepared(target: string, draft: string): Promise<void> {
  try {
    await rm(draft, { recursive: true, force: true })
    await mkdir(draft, { recursive: true })
  } catch (cause) {
    throw new CommandFault(
      exitCodes.cannotWrite,
      [
        `${target} cannot be written to.`,
        cause instanceof Error ? cause.message : String(cause),
        'Name another folder with -o.',
      ],
      { cause },
    )
  }
}

async function intoDraft(job: CliJob, draft: string, { log, signal, progress }: MakeContext): Promise<Made> {
  const inputs: Outcome['inputs'][number][] = []
  try {
    return await withLocalJob(job.files, job.spec, { log, signal }, async (work, rooms) => {
      for (const { role, position, sizeBytes, sha256 } of work.sources)
        inputs.push({ role, position, sizeBytes, sha256 })
      progress('Looking into the files …')
      const made = await convert(work, {
        rooms,
        log,
        onProgress: ({ pagesDone, pagesOfAll }) => progress(`Page ${pagesDone} of ${pagesOfAll}`),
      })
      progress('Writing …')
      const outcome = { inputs, findings: made.findings, plan: made.plan, pages: made.pages, previews: made.previews }
      const taken = await takeOver(made, draft)
      return { outcome, files: [...taken, ...(await writePapers(job, work.contentHash, outcome, taken, draft))] }
    })
  } catch (error) {
    if (!(error instanceof Rejected)) throw error
    const outcome = { inputs, findings: error.findings, previews: [] }
    return { outcome, files: await writePapers(job, undefined, outcome, [], draft) }
  }
}

async function takeOver({ folder, outputs, previews, proofs }: Converted, draft: string): Promise<MadeFile[]> {
  const files: MadeFile[] = []
  for (const output of outputs) {
    const path = `${output.component}.pdf`
    await joinOutput(folder, output, join(draft, path))
    files.push({ kind: 'print_file', path })
  }
  const drawn: readonly MadeFile[] = [
    ...previews.map(({ file }) => ({ kind: 'preview' as const, path: file })),
    ...proofs.flatMap(({ overlay, proof }) => [
      { kind: 'overlay' as const, path: overlay },
      ...(proof === undefined ? [] : [{ kind: 'preview' as const, path: proof }]),
    ]),
  ]
  for (const { path } of drawn) await copyPlain(join(folder, path), join(draft, path), 'new')
  files.push(...drawn)
  return files
}
