/** Above this many pixels an image is refused: 200 MP is a poster of 1.5 × 1 m at 300 dpi. */
export const mostPixels = 200_000_000

/** Of pictures that must be held whole while they are decoded: a 1 MB interlaced PNG took 1.1 GB at 200 MP. */
export const mostPixelsHeldWhole = 64_000_000

/** These decoders give no rows before they have the whole picture. */
const wholeFormats: readonly string[] = ['webp', 'avif', 'gif', 'heic']

/** How many pixels a picture of this kind may have. */
export const pixelLimitOf = (format: string, isProgressive: boolean): number =>
  isProgressive || wholeFormats.includes(format) ? mostPixelsHeldWhole : mostPixels
