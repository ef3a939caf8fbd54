import { availableParallelism } from 'node:os'
import sharp from 'sharp'
import { paintLandscape, palettes } from './landscape.ts'

export type Picture = {
  readonly path: string
  readonly widthPx: number
  readonly heightPx: number
  readonly seed: number
  /** Stored on its side with an EXIF note, as cameras do. */
  readonly isTurned?: boolean
}

/** Painted smaller and enlarged: soft hills lose nothing, and it takes a ninth of the time. */
const enlargement = 3

/** Writes a landscape as JPEG in sRGB, `widthPx` × `heightPx` as one looks at it. */
export async function writePicture({ path, widthPx, heightPx, seed, isTurned }: Picture): Promise<void> {
  const width = Math.ceil(widthPx / enlargement)
  const height = Math.ceil(heightPx / enlargement)
  const palette = palettes[seed % palettes.length] ?? palettes[0]
  if (!palette) return
  const pixels = paintLandscape({ width, height, seed, palette, hasLake: seed % 4 === 1 })
  const upright = sharp(pixels, { raw: { width, height, channels: 3 } })
  // Orientation 6: the viewer turns it a quarter clockwise, so it is stored turned the other way.
  const stored = isTurned ? upright.rotate(-90).withMetadata({ orientation: 6 }) : upright
  await stored
    .resize(isTurned ? heightPx : widthPx, isTurned ? widthPx : heightPx, { fit: 'fill', kernel: 'cubic' })
    .jpeg({ quality: 88 })
    .toFile(path)
}

/** Writes many pictures: painting takes one core, enlarging and encoding the others. */
export async function writePictures(pictures: readonly Picture[]): Promise<void> {
  const waiting = [...pictures]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await writePicture(next)
  }
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, work))
}
