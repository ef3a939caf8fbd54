import { mustBeReadable } from '#chassis/command-line/must-be-readable.ts'
import type { Terminal } from '#chassis/command-line/terminal.ts'
import type { FileRole } from '#contracts/catalogue/product.ts'
import type { Checked } from '../job/check-files.ts'
import { fitLocal } from '../job/fit-local.ts'
import type { LocalContext, LocalFile } from '../job/local-job.ts'
import type { CliArguments } from './arguments.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { fitText } from './fit-text.ts'
import { usage } from './read-job.ts'

/** "preflight" without a product: what could be made of the files. Throws CommandFault (64 or 66). */
export async function runFit(wanted: CliArguments, terminal: Terminal, context: LocalContext): Promise<ExitCode> {
  const needless = ofAProduct(wanted)
  if (needless !== undefined) {
    throw usage(`--${needless} belongs to a product.`, '--sku says what is to be made of the files.')
  }
  const files = filesOf(wanted)
  await Promise.all(files.map(({ path }) => mustBeReadable(path, exitCodes.noInput)))
  terminal.progress(`Checking ${files.length} ${files.length === 1 ? 'file' : 'files'} …`)
  const checked = await fitLocal(files, { title: wanted.title }, context)
  terminal.out(
    wanted.isJson ? `${JSON.stringify(fitJson(checked), undefined, 2)}\n` : fitText(checked, terminal.hasColour),
  )
  return checked.products.some(({ gravest }) => gravest !== 'reject') ? exitCodes.fine : exitCodes.rejected
}

/** The first option that was given and means nothing without a product. */
function ofAProduct({ options, design, report, pages }: CliArguments): string | undefined {
  const given = {
    option: Object.keys(options).length > 0,
    design: design !== undefined,
    report: report !== undefined,
    pages: pages !== undefined,
  }
  return Object.entries(given).find(([, isGiven]) => isGiven)?.[0]
}

/** One PDF may be a block, several files are pictures; what they really are, their bytes tell. */
function filesOf({ files, cover }: CliArguments): LocalFile[] {
  if (files.length === 0) throw usage('No file is named.', 'There is nothing to print.')
  const isDocument = files.length === 1 && (/\.pdf$/i.test(files[0] ?? '') || cover !== undefined)
  const role: FileRole = isDocument ? 'interior' : files.length === 1 ? 'image' : 'images'
  const content = files.map((path) => ({ role, path }))
  return cover === undefined ? content : [...content, { role: 'cover', path: cover }]
}

/** Stable: fields are only ever added. */
const fitJson = ({ files, pages, products, findings }: Checked) => ({
  type: 'printcloud_fit',
  version: 1,
  pages: pages ?? null,
  files,
  products: products.map(({ gravest, ...fit }) => ({
    ...fit,
    eligible: gravest !== 'reject',
    gravest: gravest ?? 'fine',
  })),
  findings,
})
