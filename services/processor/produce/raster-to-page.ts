import { boxEntryOf } from '../pdf/pages.ts'
import type { PdfFile, PdfPage } from '../pdf/pdf-file.ts'
import { followedBy, inverseTurnOf, type Matrix } from './matrix.ts'
import { mediaBoxOf } from './rectangle.ts'

/** From the upright picture's unit square to the page's user space: PDFium shows what crop and media box have in common. */
export function rasterToPage(file: PdfFile, page: PdfPage, orientation: number): Matrix {
  const media = mediaBoxOf(file, page)
  const crop = boxEntryOf(file, page, 'CropBox') ?? media
  const x = Math.max(crop.x, media.x)
  const y = Math.max(crop.y, media.y)
  const width = Math.min(crop.x + crop.width, media.x + media.width) - x
  const height = Math.min(crop.y + crop.height, media.y + media.height) - y
  return followedBy(inverseTurnOf(orientation), [width, 0, 0, height, x, y])
}
