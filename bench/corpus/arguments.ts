import { parseArgs } from 'node:util'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { CannotStart, exitCodes } from '../../local/supervisor/cannot-start.ts'

export type CorpusArguments = {
  readonly isHelp: boolean
  readonly isJson: boolean
  readonly folder: string
  /** Made of every file; absent: a product that fits each one. */
  readonly product: Product | undefined
  readonly limit: number
  /** Where the print files stay; absent: they are removed. */
  readonly keep: string | undefined
}

export const corpusHelp = `Makes print files of every PDF and picture in a folder and says how that went.

Use: npm run corpus -- FOLDER [--sku SKU] [--limit N] [--keep DIR] [--json]

  --sku SKU    make this of every file; else a product of the first page's size
               that takes 1 to 12,000 pages, so that no file is refused for those
  --limit N    the first N files only, evenly spread
  --keep DIR   leave the print files there, which is a folder that exists
  --json       every file's result as JSON, a line each, as it comes

Two files at a time, each in sandboxed children. Visually same: on the first five
pages, the print file's trim shows what PDFium shows of the source's page:
at 100 dpi, averaged over 3 × 3 pixels, at most 0.5 % of the pixels differ by
more than 64 of 255 in any channel from all within one pixel of their place.
`

/** Throws CannotStart (exit code 2) that says what is wrong. */
export function readCorpusArguments(commandLine: readonly string[]): CorpusArguments {
  const { values, positionals } = parsed(commandLine)
  const isHelp = values.help ?? false
  const [folder = ''] = positionals
  if (!isHelp && positionals.length !== 1) throw wrong('Name one folder of PDFs and pictures.')
  const product = values.sku === undefined ? undefined : productOf(values.sku)
  if (values.sku !== undefined && !product)
    throw wrong(`--sku is ${JSON.stringify(values.sku)}; there is no such product.`)
  const limit = values.limit === undefined ? Number.POSITIVE_INFINITY : Number(values.limit)
  if (!(limit >= 1)) throw wrong(`--limit is ${JSON.stringify(values.limit)}; it must be a number from 1 on.`)
  return { isHelp, isJson: values.json ?? false, folder, product, limit, keep: values.keep }
}

function parsed(commandLine: readonly string[]) {
  const text = { type: 'string' } as const
  const yes = { type: 'boolean' } as const
  try {
    return parseArgs({
      args: [...commandLine],
      allowPositionals: true,
      options: { help: yes, json: yes, sku: text, limit: text, keep: text },
    })
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error))
  }
}

const wrong = (why: string): CannotStart =>
  new CannotStart(exitCodes.badArguments, [why, 'npm run corpus -- --help shows how to use it.'])
