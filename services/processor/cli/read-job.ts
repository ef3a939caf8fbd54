import { readFile } from 'node:fs/promises'
import { CommandFault } from '#chassis/command-line/command-fault.ts'
import { mustBeReadable } from '#chassis/command-line/must-be-readable.ts'
import { catalogue, productOf } from '#contracts/catalogue/catalogue.ts'
import type { FileRole, Product } from '#contracts/catalogue/product.ts'
import { Design } from '#contracts/design.ts'
import { parse } from '#contracts/parse.ts'
import type { LocalFile, LocalSpec } from '../job/local-job.ts'
import type { CliArguments } from './arguments.ts'
import { exitCodes } from './exit-codes.ts'

export type CliJob = { readonly files: readonly LocalFile[]; readonly spec: LocalSpec }

/** What the command line asks for, checked against the catalogue and the disk; throws CommandFault (64 or 66). */
export async function readJob(wanted: CliArguments): Promise<CliJob> {
  const product = productFor(wanted.sku)
  const files = filesFor(wanted, product)
  await Promise.all(files.map(({ path }) => mustBeReadable(path, exitCodes.noInput)))
  return {
    files,
    spec: {
      product,
      options: optionsFor(wanted.options, product),
      ...(wanted.title === undefined ? {} : { title: wanted.title }),
      ...(wanted.design === undefined ? {} : { design: await designFrom(wanted.design) }),
    },
  }
}

function productFor(sku: string | undefined): Product {
  if (sku === undefined) throw usage('No product is named.', '--sku says what to make of the files.')
  const product = productOf(sku)
  if (product) return product
  const near = catalogue.filter((each) => each.sku.startsWith(sku.split('-')[0] ?? sku)).map((each) => each.sku)
  throw usage(
    `There is no product ${JSON.stringify(sku)}.`,
    near.length > 0 ? `Some that begin so: ${near.slice(0, 6).join(', ')}.` : 'It is not in the catalogue.',
  )
}

function filesFor({ files, cover }: CliArguments, product: Product): readonly LocalFile[] {
  if (files.length === 0) throw usage('No file is named.', 'There is nothing to print.')
  const role = roleFor(files, product)
  const content = files.map((path) => ({ role, path }))
  if (cover === undefined) return content
  if (!product.fileSets.some((set) => set.includes('cover'))) {
    throw usage(`${product.title} has no cover of its own.`, '--cover is for books.')
  }
  return [...content, { role: 'cover', path: cover }]
}

/** A single file that is called .pdf is a block where the product takes one; what it really is, its bytes tell later. */
function roleFor(files: readonly string[], product: Product): FileRole {
  const roles = product.fileSets.flat()
  const isDocument = files.length === 1 && /\.pdf$/i.test(files[0] ?? '')
  const role = (
    isDocument ? (['interior', 'image', 'images'] as const) : (['images', 'image', 'interior'] as const)
  ).find((each) => roles.includes(each))
  if (role === undefined) throw usage(`${product.title} takes no files.`, 'Its entry in the catalogue names none.')
  if (role !== 'images' && files.length > 1) {
    throw usage(
      `${files.length} files are named.`,
      `${product.title} is made of one${role === 'interior' ? ' PDF' : ''}.`,
    )
  }
  return role
}

function optionsFor(given: CliArguments['options'], product: Product): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(given)) {
    const known = product.options[name]
    const names = Object.keys(product.options).join(', ') || 'none'
    if (!known) throw usage(`${product.title} has no option ${JSON.stringify(name)}.`, `Its options: ${names}.`)
    if (!known.values.includes(value)) {
      throw usage(`${name} cannot be ${JSON.stringify(value)}.`, `It is one of ${known.values.join(', ')}.`)
    }
  }
  const defaults = Object.entries(product.options).map(([name, { default: value }]) => [name, value] as const)
  return { ...Object.fromEntries(defaults), ...given }
}

async function designFrom(path: string): Promise<Design> {
  await mustBeReadable(path, exitCodes.noInput)
  try {
    return parse('Design', Design, JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw usage(`${path} is not a design.`, why, { cause })
  }
}

export const usage = (what: string, why: string, options?: ErrorOptions): CommandFault =>
  new CommandFault(
    exitCodes.usage,
    [what, why, '"npx printcloud products" lists them; --help shows the rest.'],
    options,
  )
