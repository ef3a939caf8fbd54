import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import type { JobPart } from '../parts.ts'
import { drawCode128, drawQr } from './barcodes.ts'
import type { Canvas } from './canvas.ts'
import { fittedText, writeFitted } from './fitted-text.ts'
import type { PageSizeName } from './page-size.ts'
import { partFacts } from './sheet-words.ts'

type Place = { readonly x: number; readonly y: number; readonly widthPt: number }

export const partHeightPt = 112
const qrPt = 92
const columnPt = 215

/** One print file: what it is printed on and how, and the codes that travel with it to the packing table. */
export function drawPart(canvas: Canvas, part: JobPart, place: Place, ticket: JobTicket, size: PageSizeName): void {
  const { x, y, widthPt } = place
  const right = x + widthPt
  canvas.line(x, y, right, y)
  canvas.text(part.name, x, y + 20, { sizePt: 15, isBold: true })
  canvas.text(part.file.file, x + canvas.widthOf(part.name, { sizePt: 15 }) + 10, y + 20, { sizePt: 9, ink: 'gray' })
  for (const [index, [name, value]] of partFacts(part, size, ticket.product.family === 'canvas').entries()) {
    const left = x + (index < 3 ? 0 : columnPt)
    const top = y + 27 + (index % 3) * 13
    canvas.text(name, left, top + 10, { sizePt: 8, ink: 'gray' })
    const room = { widthPt: columnPt - 42, heightPt: 13 }
    const isBold = name === 'Paper'
    writeFitted(canvas, fittedText(canvas, [value], room, [10, 9, 8, 7, 6], { isBold }), left + 32, top)
  }
  const code = { x: x - 9, y: y + 71, widthPt: widthPt - qrPt, heightPt: 26 }
  drawCode128(canvas, part.file.barcode, code)
  canvas.text(part.file.barcode, x, y + 106, { sizePt: 7.5 })
  drawQr(canvas, part.file.barcode, right - qrPt + 10, y + 12, qrPt)
}
