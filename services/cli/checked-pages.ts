import { CommandFault } from '#chassis/command-line/command-fault.ts'
import type { ItemFiles, Preflight } from '../order-client/index.ts'
import type { CommandContext } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { plain } from './text/plain.ts'
import { count } from './text/words.ts'
import { wrapped } from './text/wrapped.ts'

const mostFindings = 3

/** The pages of a PDF, counted by a preflight of it. Throws CommandFault (2) for files that could not be printed. */
export async function checkedPages(
  context: CommandContext,
  sku: string,
  files: ItemFiles,
): Promise<number | undefined> {
  const { preflights } = await context.client()
  context.terminal.progress('Counting pages and checking the file …')
  const { id } = await preflights.create({ sku, files }, { signal: context.signal })
  const { outcome, pages, findings } = await preflights.wait(id, { signal: context.signal })
  if (outcome === 'rejected') throw rejected(findings)
  return pages
}

function rejected(findings: Preflight['findings']): CommandFault {
  const grave = findings.filter(({ severity }) => severity === 'reject')
  const said = grave
    .slice(0, mostFindings)
    .map(({ code, found, action }) => `${code}: ${plain(found)}. ${plain(action)}`)
  return new CommandFault(exitCodes.refused, [
    `The files cannot be printed: ${count(grave.length, 'fault')}. Nothing was sent.`,
    said.flatMap((text) => wrapped(text, 79)).join('\n'),
    '"npx printcloud preflight FILE --sku SKU --report out.html" shows where.',
  ])
}
