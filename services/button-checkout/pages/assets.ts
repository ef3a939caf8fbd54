import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'

/** What a page loads, by name, and the address that it is to be had at for good. */
export type Assets = Readonly<Record<string, string>>

const root = '/checkout/assets/'
const Manifest = Type.Record(Type.String(), Type.String({ pattern: '^[\\w.-]+$' }))

/** What `npm run build:pages` made in `folder`. */
export async function readAssets(folder: string): Promise<Assets> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch((cause: unknown) => {
    throw new Error(`There are no pages in ${folder}: run "npm run build:pages" first.`, { cause })
  })
  const manifest = parse('manifest.json', Manifest, JSON.parse(text))
  return Object.fromEntries(Object.entries(manifest).map(([name, file]) => [name, `${root}${file}`]))
}

/** The address of one of them. */
export function assetOf(assets: Assets, name: string): string {
  const found = assets[name]
  if (found === undefined) throw new Error(`dist/pages has no ${name}: run "npm run build:pages" again.`)
  return found
}
