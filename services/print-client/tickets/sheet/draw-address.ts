import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import { labelPart, partCode } from '../part-codes.ts'
import { drawCode128, drawQr } from './barcodes.ts'
import type { Canvas } from './canvas.ts'
import { fittedText, writeFitted } from './fitted-text.ts'
import { addressLines } from './sheet-words.ts'

export const addressHeightPt = 168
const paddingPt = 14
const marginPt = 36

/** The address with codes of its own, to be cut out: who packs scans it with the parts, and the head of a sheet that lies about is no address. */
export function drawAddress(canvas: Canvas, ticket: JobTicket): void {
  const widthPt = canvas.widthPt - 2 * marginPt
  const y = canvas.heightPt - marginPt - addressHeightPt
  canvas.frame(marginPt, y, widthPt, addressHeightPt, true)
  const x = marginPt + paddingPt
  const isTest = ticket.isTest ? 'TEST, do not ship: ' : ''
  canvas.text(`${isTest}Ship to, ${ticket.shippingMethod}`, x, y + 18, { sizePt: 9, ink: 'gray' })
  const room = { widthPt: widthPt - 150, heightPt: 30 }
  const name = fittedText(canvas, [ticket.shipTo.name], room, [18, 15, 12, 10], { isBold: true })
  const foot = writeFitted(canvas, name, x, y + 22)
  const rest = { ...room, heightPt: y + addressHeightPt - 44 - foot }
  writeFitted(canvas, fittedText(canvas, addressLines(ticket), rest, [15, 13, 11, 9, 7.5]), x, foot + 2)
  const right = marginPt + widthPt
  const barcode = partCode(ticket.jobId, labelPart)
  drawQr(canvas, barcode, right - 126, y + 4, 120)
  canvas.text(`${ticket.quantity} ×`, right - 66, y + 140, { sizePt: 18, isBold: true, align: 'centre' })
  const code = { x: x - 9, y: y + addressHeightPt - 36, widthPt: widthPt - 150, heightPt: 22 }
  drawCode128(canvas, barcode, code)
  canvas.text(barcode, x, y + addressHeightPt - 5, { sizePt: 7 })
}
