import { readFile } from 'node:fs/promises'
import { openWithPdfium, type PdfiumDocument } from '../../services/processor/pdfium/document.ts'
import type { Comparison, ComparisonRequest } from './comparer.ts'

const pixelsPerMm = 100 / 25.4
/** Longer pages are looked at in fewer pixels. */
const mostPx = 1400
const differsBy = 64
const mostDiffering = 0.005

type Picture = { readonly width: number; readonly height: number; readonly data: Buffer }

/** Holds the trim of each print page against the source's page, both drawn by PDFium. */
export async function comparePages(request: ComparisonRequest): Promise<Comparison> {
  const source = await openWithPdfium(await readFile(request.source))
  const print = await openWithPdfium(await readFile(request.print))
  const shares = request.pages.flatMap((page) => {
    if (!source.canShow(page)) return []
    const trim = trimOf(print, page, request)
    const whole = source.render(page, trim.width, trim.height, true)
    return [differing(trim, { width: trim.width, height: trim.height, data: whole.data })]
  })
  return {
    compared: shares.length,
    same: shares.filter((share) => share <= mostDiffering).length,
    worst: Math.max(0, ...shares),
  }
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

/** Share of the pixels that differ once each is the mean of its neighbourhood; the outermost ones are left out. */
function differing(one: Picture, other: Picture): number {
  const { width, height } = one
  const row = width * 4
  let count = 0
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * row + x * 4
      if (
        [0, 1, 2].some(
          (channel) =>
            Math.abs(around(one.data, at + channel, row) - around(other.data, at + channel, row)) > differsBy * 9,
        )
      )
        count += 1
    }
  }
  return count / Math.max(1, (width - 2) * (height - 2))
}

function around(data: Buffer, at: number, row: number): number {
  let sum = 0
  for (const up of [-row, 0, row]) {
    for (const side of [-4, 0, 4]) sum += data[at + up + side] ?? 0
  }
  return sum
}
