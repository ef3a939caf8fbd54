import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { openWithPdfium, type PdfiumDocument } from '../../services/processor/pdfium/document.ts'
import type { Comparison, ComparisonRequest } from './comparer.ts'
import { differing, type Picture } from './differing.ts'

const pixelsPerMm = 100 / 25.4
/** Longer pages are looked at in fewer pixels. */
const mostPx = 1400
const mostDiffering = 0.005

/** Holds the trim of each print page against the source: a PDF's page as PDFium draws it, a picture as sharp reads it. */
export async function comparePages(request: ComparisonRequest): Promise<Comparison> {
  const bytes = await readFile(request.source)
  const print = await openWithPdfium(await readFile(request.print))
  const source = request.isPicture ? undefined : await openWithPdfium(bytes)
  const shares: number[] = []
  for (const { page, shown } of request.pages) {
    if (source && !source.canShow(page)) continue
    const trim = trimOf(print, page, request)
    if (source && shown) source.crop(page, shown)
    const data = source
      ? source.render(page, trim.width, trim.height, true).data
      : await decoded(bytes, trim.width, trim.height)
    shares.push(differing(trim, { width: trim.width, height: trim.height, data }))
  }
  return {
    compared: shares.length,
    same: shares.filter((share) => share <= mostDiffering).length,
    worst: Math.max(0, ...shares),
  }
}

async function decoded(bytes: Buffer, width: number, height: number): Promise<Buffer> {
  return await sharp(bytes, { failOn: 'none' })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .resize(width, height, { fit: 'cover' })
    .ensureAlpha()
    .raw()
    .toBuffer()
}

/** Drawn so that the bleed is a whole number of pixels. */
function trimOf(
  print: PdfiumDocument,
  page: number,
  { trimBox, sheetWidthMm, sheetHeightMm }: ComparisonRequest,
): Picture {
  const wanted = Math.min(pixelsPerMm, mostPx / Math.max(sheetWidthMm, sheetHeightMm))
  const bleedPx = Math.max(1, Math.round(trimBox.xMm * wanted))
  const scale = trimBox.xMm > 0 ? bleedPx / trimBox.xMm : wanted
  const [sheetWidth, sheetHeight] = [Math.round(sheetWidthMm * scale), Math.round(sheetHeightMm * scale)]
  const sheet = print.render(page, sheetWidth, sheetHeight)
  const left = Math.round(trimBox.xMm * scale)
  const top = Math.round((sheetHeightMm - trimBox.yMm - trimBox.heightMm) * scale)
  const [width, height] = [Math.max(1, sheetWidth - 2 * left), Math.max(1, sheetHeight - 2 * top)]
  const data = Buffer.alloc(width * height * 4)
  for (let row = 0; row < height; row += 1) {
    const from = ((top + row) * sheetWidth + left) * 4
    sheet.data.copy(data, row * width * 4, from, from + width * 4)
  }
  return { width, height, data }
}
