import sharp from 'sharp'

/** Loaders of what we sell; everything else libvips could open stays shut (SVG, PDF through other libraries, raw formats). */
const loaders = ['Jpeg', 'Png', 'Webp', 'Tiff', 'Nsgif', 'Heif'] as const
/** Above this many pixels an image is refused: 200 MP is a poster of 1.5 × 1 m at 300 dpi. */
export const mostPixels = 200_000_000

let isShut = false

/** sharp with only our loaders open and no cache; call it in the child, once is enough. */
export function imageEngine(): typeof sharp {
  if (!isShut) {
    sharp.cache(false)
    sharp.concurrency(2)
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({ operation: loaders.map((loader) => `VipsForeignLoad${loader}`) })
    isShut = true
  }
  return sharp
}
