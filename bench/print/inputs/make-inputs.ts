import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { writePictureDocument, writeTextDocument } from './documents.ts'
import { inputPaths } from './input-paths.ts'
import { writePhoto } from './photo.ts'

export const inputs = ['photos', 'magazine', 'large', 'pages', 'canvas'] as const
export type Input = (typeof inputs)[number]

const megabyte = 1_000_000

/** Makes what is not there yet; each file appears whole or not at all. About 1.5 GB in all. */
export async function makeInputs(folder: string, wanted: ReadonlySet<Input>, tell: (words: string) => void) {
  await mkdir(folder, { recursive: true })
  const paths = inputPaths(folder)
  const once = async (path: string, make: (temporary: string) => unknown): Promise<void> => {
    if (existsSync(path)) return
    tell(`making ${path}`)
    const temporary = path.replace(/(\.\w+)$/, '.part$1')
    await make(temporary)
    await rename(temporary, path)
  }
  if (wanted.has('photos') || wanted.has('magazine') || wanted.has('large')) {
    for (const [seed, path] of paths.photos.entries()) {
      await once(path, (part) =>
        writePhoto({ path: part, widthPx: 6000, heightPx: 4000, seed, quality: 92, orientation: 6 }),
      )
    }
  }
  const photo = paths.photos[0] ?? ''
  if (wanted.has('magazine')) {
    await once(paths.magazine, (path) => writePictureDocument({ path, pages: 200, bytes: 74 * megabyte, photo }))
  }
  if (wanted.has('large')) {
    await once(paths.large, (path) => writePictureDocument({ path, pages: 960, bytes: 960 * megabyte, photo }))
  }
  if (wanted.has('pages')) await once(paths.pages, (path) => writeTextDocument(path, 10_000))
  if (wanted.has('canvas')) {
    await once(paths.canvas, (path) =>
      writePhoto({ path, widthPx: 8688, heightPx: 5792, seed: 7, quality: 92, orientation: 1 }),
    )
  }
  return paths
}
