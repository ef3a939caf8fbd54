import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getAsset, isSea } from 'node:sea'
import { assetSources } from './asset-sources.ts'
import { bundledVersion } from './bundled.ts'

/**
 * A file of `assetSources` (`page/page.css`): out of the executable, beside the program of a package, or from its place in a checkout.
 * Throws where it is not there.
 */
export async function readAsset(name: string): Promise<Buffer> {
  if (isSea()) return Buffer.from(getAsset(name))
  if (bundledVersion !== undefined) return readFile(join(import.meta.dirname, 'assets', name))
  return readFile(join(import.meta.dirname, '..', '..', '..', placeOf(name)))
}

function placeOf(name: string): string {
  const found = Object.entries(assetSources).find(
    ([from]) => name === from || (from.endsWith('/') && name.startsWith(from)),
  )
  if (found === undefined || name.includes('..')) throw new Error(`There is no asset ${name}`)
  const [from, place] = found
  return place + name.slice(from.length)
}
