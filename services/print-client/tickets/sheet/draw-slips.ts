import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import { partsOf } from '../parts.ts'
import { drawCode128, drawQr } from './barcodes.ts'
import type { Canvas } from './canvas.ts'
import { drawTestBand, marginPt } from './draw-sheet.ts'
import { fittedText, writeFitted } from './fitted-text.ts'

const slipHeightPt = 150

/** The second page: a slip for each part, to be cut off and laid between its sheets until it is packed. */
export function drawSlips(canvas: Canvas, ticket: JobTicket): void {
  let y = ticket.isTest ? drawTestBand(canvas, marginPt) : marginPt
  const parts = partsOf(ticket)
  canvas.text('Slips: cut, and lay one into each part', marginPt, y + 10, { sizePt: 9, ink: 'gray' })
  y += 20
  for (const [index, { name, file }] of parts.entries()) {
    const place = parts.length > 1 ? `${name}, part ${index + 1} of ${parts.length}` : name
    drawSlip(canvas, ticket, { place, barcode: file.barcode }, y)
    y += slipHeightPt
  }
}

function drawSlip(
  canvas: Canvas,
  ticket: JobTicket,
  { place, barcode }: { readonly place: string; readonly barcode: string },
  y: number,
): void {
  const widthPt = canvas.widthPt - 2 * marginPt
  const right = marginPt + widthPt
  canvas.frame(marginPt, y, widthPt, slipHeightPt, true)
  const x = marginPt + 14
  const heading = `${ticket.isTest ? 'TEST ' : ''}${ticket.quantity} ×  ${place}`
  canvas.text(heading, x, y + 28, { sizePt: 20, isBold: true })
  const room = { widthPt: widthPt - 160, heightPt: 32 }
  const { title, product, shipTo } = ticket
  const words = title === undefined ? product.title : `${title}, ${product.title}`
  writeFitted(canvas, fittedText(canvas, [words], room, [12, 10, 8]), x, y + 36)
  const to = `For ${shipTo.name}, ${shipTo.address.country}`
  writeFitted(canvas, fittedText(canvas, [to], { ...room, heightPt: 14 }, [10, 8, 6.5], { ink: 'gray' }), x, y + 68)
  drawCode128(canvas, barcode, { x: x - 9, y: y + 92, widthPt: widthPt - 150, heightPt: 34 })
  canvas.text(barcode, x, y + slipHeightPt - 12, { sizePt: 8 })
  drawQr(canvas, barcode, right - 138, y + 8, 132)
}
