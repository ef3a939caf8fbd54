import sharp from 'sharp'

/** Loaders of what we sell; everything else libvips could open stays shut (SVG, PDF through other libraries, raw formats). */
const loaders = ['Jpeg', 'Png', 'Webp', 'Tiff', 'Nsgif', 'Heif'] as const

let isShut = false

/**
 * sharp with only our loaders open, no cache and one thread a picture; call it in the child, once is enough. Two pictures
 * in flight keep two cores busy: more threads inside one picture cost memory and gain nothing.
 */
export function imageEngine(): typeof sharp {
  if (!isShut) {
    sharp.cache(false)
    sharp.concurrency(1)
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({ operation: loaders.map((loader) => `VipsForeignLoad${loader}`) })
    isShut = true
  }
  return sharp
}
