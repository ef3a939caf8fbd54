import { parseArgs } from 'node:util'
import { catalogue } from '#contracts/catalogue/catalogue.ts'
import { defaultDataFolder } from '../start-arguments.ts'
import { UsageError } from './usage-error.ts'

export type DemoArguments = {
  readonly isHelp: boolean
  readonly isJson: boolean
  readonly country: string
  readonly sku: string | undefined
  readonly dataFolder: string
  readonly files: readonly string[]
}

export const demoHelp = `Places real orders through the API and follows them until they are shipped.

Use: npm run demo [-- FILE…] [--sku SKU] [--country CC] [--data FOLDER] [--json]

Without FILE: one order a product family, from sample files that are made once.
With FILE: one order made of those. A PDF becomes the book or magazine that fits
it best, one picture a poster, 24 or more a photo book, some a poster each.

  --sku SKU       make this of the files
  --country CC    where to ship, two letters (default NL): decides which facility
  --data FOLDER   data folder of the platform (default .printcloud)
  --json          print the result as JSON

Starts the platform when none runs, and ends it again.
Exit codes: 0 all shipped, 1 an order failed or took too long, 2 wrong argument.
`

/** Reads the command line of `npm run demo`; throws UsageError. */
export function readDemoArguments(commandLine: readonly string[]): DemoArguments {
  const { values, positionals } = parsed(commandLine)
  const country = (values.country ?? 'NL').toUpperCase()
  if (!/^[A-Z]{2}$/.test(country)) {
    throw new UsageError(`--country is "${values.country}"; it must be two letters such as NL, DE or US.`)
  }
  if (values.sku !== undefined && !catalogue.some(({ sku }) => sku === values.sku)) {
    throw new UsageError(`--sku is "${values.sku}"; it must be one of ${catalogue.map(({ sku }) => sku).join(', ')}.`)
  }
  if (values.sku !== undefined && positionals.length === 0) {
    throw new UsageError('--sku says what to make of your files: name at least one file.')
  }
  return {
    isHelp: values.help ?? false,
    isJson: values.json ?? false,
    country,
    sku: values.sku,
    dataFolder: values.data ?? defaultDataFolder,
    files: positionals,
  }
}

function parsed(commandLine: readonly string[]) {
  try {
    return parseArgs({
      args: [...commandLine],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        country: { type: 'string' },
        sku: { type: 'string' },
        data: { type: 'string' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
