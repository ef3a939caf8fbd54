import { join } from 'node:path'
import type { ComponentName } from '#contracts/geometry/component.ts'
import type { PdfiumDocument } from '../pdfium/document.ts'
import { imageEngine } from '../pictures/sharp-engine.ts'

/** Previews are for people on screens: the longer side in pixels. */
const longestPx = 1200
const quality = 82

/** Draws one page of a print file into a JPEG in the job folder. */
export async function writePreview(folder: string, document: PdfiumDocument, component: ComponentName, page: number) {
  const { width, height } = document.size(page)
  const scale = longestPx / Math.max(width, height)
  const widthPx = Math.max(1, Math.round(width * scale))
  const heightPx = Math.max(1, Math.round(height * scale))
  const bitmap = document.render(page, widthPx, heightPx)
  const file = `preview-${component}-${page}.jpg`
  await imageEngine()(bitmap.data, { raw: { width: widthPx, height: heightPx, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality })
    .toFile(join(folder, file))
  return { bitmap, file: { component, page, file, widthPx, heightPx } }
}
