import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Check } from 'typebox/value'
import { writeBook } from './book.ts'
import { writeMagazine } from './magazine.ts'
import { type Picture, writePictures } from './picture.ts'
import { writePoster } from './poster.ts'

/** Raise it when a sample changes: older ones are then made again. */
const version = 1
const bookPages = 120
const photoCount = 26
/** 21 × 28 cm at 254 dpi. */
const photoSize = { widthPx: 2100, heightPx: 2800 } as const

/** One file a product family, and the photos of a photo book; absolute paths. */
export type Samples = {
  readonly book: string
  readonly magazine: string
  readonly photos: readonly string[]
  readonly canvas: string
  readonly poster: string
}

export const bookTitle = 'Along the River'

/**
 * The sample files in `folder`; made on the first call (some seconds, `making` is told), found on later ones.
 * The same bytes on every machine with the same libraries.
 */
export async function makeSamples(folder: string, making: () => void): Promise<Samples> {
  if (await isMade(folder)) return pathsIn(folder)
  making()
  const draft = `${folder}.${process.pid}`
  await mkdir(draft, { recursive: true })
  try {
    await writeAll(pathsIn(draft), draft)
    await rm(folder, { recursive: true, force: true })
    await rename(draft, folder)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return pathsIn(folder)
}

async function writeAll(paths: Samples, folder: string): Promise<void> {
  const photos = paths.photos.map(
    (path, index): Picture => ({ path, ...photoSize, seed: 100 + index, isTurned: index % 5 === 3 }),
  )
  // Enough for a page with bleed at 205 dpi, and small enough for eight of them in one PDF.
  const inMagazine = [0, 1, 2, 3, 4, 5, 6, 7].map(
    (index): Picture => ({
      path: join(folder, `magazine-${index}.jpg`),
      widthPx: 1740,
      heightPx: 2442,
      seed: 300 + index * 5,
    }),
  )
  await writePictures([...inMagazine, { path: paths.canvas, widthPx: 2400, heightPx: 3200, seed: 501 }, ...photos])
  await writePoster(paths.poster, 2600)
  await writeBook(paths.book, bookTitle, bookPages)
  await writeMagazine(
    paths.magazine,
    inMagazine.map(({ path }) => path),
  )
  for (const { path } of inMagazine) await rm(path)
  const files = [paths.book, paths.magazine, paths.canvas, paths.poster, ...paths.photos]
  const sizes = await Promise.all(files.map(async (path) => (await stat(path)).size))
  await writeFile(join(folder, 'made.json'), JSON.stringify({ version, sizes }))
}

const Made = Type.Object({ version: Type.Literal(version), sizes: Type.Array(Type.Integer()) })

/** Whether all files are there in the sizes they were written in. */
async function isMade(folder: string): Promise<boolean> {
  try {
    const made: unknown = JSON.parse(await readFile(join(folder, 'made.json'), 'utf8'))
    if (!Check(Made, made)) return false
    const { book, magazine, canvas, poster, photos } = pathsIn(folder)
    const found = await Promise.all(
      [book, magazine, canvas, poster, ...photos].map(async (path) => (await stat(path)).size),
    )
    return found.length === made.sizes.length && found.every((size, index) => size === made.sizes[index])
  } catch {
    // Anything missing or unreadable: make them again.
    return false
  }
}

function pathsIn(folder: string): Samples {
  return {
    book: join(folder, 'along-the-river.pdf'),
    magazine: join(folder, 'upstream-magazine.pdf'),
    photos: Array.from({ length: photoCount }, (_, index) =>
      join(folder, `photo-${String(index + 1).padStart(2, '0')}.jpg`),
    ),
    canvas: join(folder, 'canvas.jpg'),
    poster: join(folder, 'poster.jpg'),
  }
}
