/** Above this much ink paper does not dry and sheets stick: percent of the four inks together. */
export const mostInkPercent = 300

/** Total ink of one colour, in percent; inks of 0 to 255. */
export function inkPercentOf(cyan: number, magenta: number, yellow: number, black: number): number {
  return (cyan + magenta + yellow + black) / 2.55
}

/** Rows and columns looked at: one pixel is no area, and 300 a side are enough to find what would smear. */
const samplesAcross = 300
/** The share of samples that may be darker: JPEG noise and thin lines do not smear. */
const sparedShare = 0.002

/**
 * Highest total ink of CMYK pixels (0 is no ink) in percent, but for the darkest 0.2 %, by samples on a grid. With
 * `isInverted`, pixels are as stored in Adobe's JPEGs: 255 is no ink.
 */
export function highestInkPercent(
  pixels: Uint8Array,
  widthPx: number,
  heightPx: number,
  { isInverted = false } = {},
): number {
  const step = Math.max(Math.floor(Math.min(widthPx, heightPx) / samplesAcross), 1)
  const counts = new Uint32Array(4 * 255 + 1)
  let samples = 0
  for (let row = step >> 1; row < heightPx; row += step) {
    for (let column = step >> 1; column < widthPx; column += step) {
      const at = (row * widthPx + column) * 4
      const stored = (pixels[at] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0) + (pixels[at + 3] ?? 0)
      const ink = isInverted ? 4 * 255 - stored : stored
      counts[ink] = (counts[ink] ?? 0) + 1
      samples += 1
    }
  }
  return highestBut(counts, Math.floor(samples * sparedShare)) / 2.55
}

function highestBut(counts: Uint32Array, spared: number): number {
  let left = spared
  for (let ink = counts.length - 1; ink > 0; ink -= 1) {
    left -= counts[ink] ?? 0
    if (left < 0) return ink
  }
  return 0
}
