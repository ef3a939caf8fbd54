import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { catalogue } from '#contracts/catalogue/catalogue.ts'
import { taxTable } from '#contracts/taxes/tax-table.ts'
import { pageTypeOf } from '../render/render-page.ts'

/** Raised when documents are to look different although nothing that they are made of did change. */
const rendererVersion = 1

/** What of the documents comes with the code. */
export type Release = {
  /** File → its text. */
  readonly pages: ReadonlyMap<string, string>
  /** Another one means that every document is to be written anew. */
  readonly fingerprint: string
}

export async function readRelease(pagesFolder: string): Promise<Release> {
  const files = (await readdir(pagesFolder)).filter((file) => pageTypeOf(file) !== undefined).sort()
  const pages = new Map<string, string>()
  for (const file of files) pages.set(file, await readFile(join(pagesFolder, file), 'utf8'))
  const content = JSON.stringify([rendererVersion, catalogue, taxTable, [...pages]])
  return { pages, fingerprint: createHash('sha256').update(content).digest('hex') }
}
