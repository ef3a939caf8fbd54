import { join } from 'node:path'
import type { ComponentName } from '#contracts/geometry/component.ts'
import type { Bitmap, PdfiumDocument } from '../pdfium/document.ts'
import { imageEngine } from '../pictures/sharp-engine.ts'

/** Previews are for people on screens; of many pages smaller ones, of very many the first ones only. */
export const mostPreviews = 100
const largePreviews = 12
const longestPx = { few: 1200, many: 640 } as const
const quality = 82

/** The longer side of a preview, for a print file of so many pages. */
export const previewPx = (pages: number): number => (pages <= largePreviews ? longestPx.few : longestPx.many)

/** One page with its longer side in so many pixels. */
export function pictureOf(document: PdfiumDocument, page: number, longest: number): Bitmap {
  const { width, height } = document.size(page)
  const scale = longest / Math.max(width, height)
  return document.render(page, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)))
}

/** Writes a drawn page as a JPEG into the job folder. */
export async function writePreview(
  folder: string,
  { data, widthPx, heightPx }: Bitmap,
  component: ComponentName,
  page: number,
) {
  const file = `preview-${component}-${page}.jpg`
  await imageEngine()(data, { raw: { width: widthPx, height: heightPx, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality })
    .toFile(join(folder, file))
  return { component, page, file, widthPx, heightPx }
}
