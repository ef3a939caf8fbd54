import sharp from 'sharp'
import type { ImageFacts } from '../../../services/processor/inspect/facts.ts'

const white = { red: 255, green: 255, blue: 255 } as const

/** What the headers of a sound JPEG say, without looking at its pixels: for the comparison with tools that do not look. */
export async function headerFacts(path: string): Promise<ImageFacts> {
  const { width = 1, height = 1, orientation = 1 } = await sharp(path).metadata()
  return {
    kind: 'image',
    format: 'jpeg',
    widthPx: width,
    heightPx: height,
    orientation,
    channels: 3,
    space: 'srgb',
    depth: 'uchar',
    hasProfile: true,
    hasAlpha: false,
    frames: 1,
    isDamaged: false,
    isPassable: true,
    profile: 'srgb',
    look: { edge: white, mean: { red: 128, green: 128, blue: 128 }, isBlank: false },
  }
}
