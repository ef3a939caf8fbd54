import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { assetSources } from '../assets/asset-sources.ts'

/** Every file of `assetSources`: name → where it lies now. Throws where one is missing: a package without it would start, and fail later. */
export function collectAssets(root: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const [name, place] of Object.entries(assetSources)) {
    const path = join(root, place)
    if (!existsSync(path)) throw new Error(`There is no ${place}, which the print client needs as ${name}`)
    if (!name.endsWith('/')) found[name] = path
    else for (const file of filesIn(path)) found[name + file.replaceAll('\\', '/')] = join(path, file)
  }
  return found
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length)
        .replace(/^[/\\]/, ''),
    )
