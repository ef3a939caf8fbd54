import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

const wanted = /\.(pdf|jpe?g|png|tiff?|webp|avif|gif|heic)$/i

/** All PDFs and pictures below `folder` in a fixed order; with a limit, that many, evenly spread. */
export async function findFiles(folder: string, limit: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && wanted.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted()
  if (files.length <= limit) return files
  return Array.from({ length: limit }, (_, index) => files[Math.floor((index * files.length) / limit)]).filter(
    (file) => file !== undefined,
  )
}
