import type { Size } from './kept-part.ts'

/** A strip that is much taller than wide is made narrower instead: pages have no room for it. */
export const tallestPx = 2560

/** The sizes that are made of a picture, the narrowest first: none is larger than the picture itself, and the last is the largest. */
export function thumbnailSizes({ widthPx, heightPx }: Size, widthsPx: readonly number[]): readonly Size[] {
  const scale = Math.min(1, Math.max(...widthsPx) / widthPx, tallestPx / heightPx)
  const largest = { widthPx: atLeastOne(widthPx * scale), heightPx: atLeastOne(heightPx * scale) }
  const narrower = widthsPx.filter((width) => width < largest.widthPx)
  return [
    ...narrower.map((width) => ({
      widthPx: width,
      heightPx: atLeastOne((largest.heightPx * width) / largest.widthPx),
    })),
    largest,
  ]
}

const atLeastOne = (pixels: number): number => Math.max(1, Math.round(pixels))
