import { join } from 'node:path'

export const photoCount = 40

/** Where each input lies, in `folder`. */
export const inputPaths = (folder: string) => ({
  photos: Array.from({ length: photoCount }, (_, index) =>
    join(folder, `photo-${String(index + 1).padStart(2, '0')}.jpg`),
  ),
  magazine: join(folder, 'magazine-200-pages.pdf'),
  large: join(folder, 'large-960-mb.pdf'),
  pages: join(folder, 'text-10000-pages.pdf'),
  canvas: join(folder, 'canvas-50-mp.jpg'),
})
