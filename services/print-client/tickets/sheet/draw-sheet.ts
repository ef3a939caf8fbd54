import type { PDFImage } from '@cantoo/pdf-lib'
import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import { partsOf } from '../parts.ts'
import { drawCode128, drawQr } from './barcodes.ts'
import type { Canvas } from './canvas.ts'
import { addressHeightPt, drawAddress } from './draw-address.ts'
import { drawPart, partHeightPt } from './draw-part.ts'
import { fittedText, writeFitted } from './fitted-text.ts'
import type { PageSizeName } from './page-size.ts'
import { type Fact, mainFacts, numberFacts } from './sheet-words.ts'

export const marginPt = 36
const qrPt = 96
const pictureWidthPt = 150
const mostPictureHeightPt = 230

/** What the sheet shows beside words: the picture of the first page, or why there is none. */
export type SheetPicture = { readonly image: PDFImage } | { readonly why: string }

/** The first page: what to make, from what, and where it goes. */
export function drawSheet(canvas: Canvas, ticket: JobTicket, picture: SheetPicture, size: PageSizeName): void {
  let y = ticket.isTest ? drawTestBand(canvas, marginPt) : marginPt
  y = drawHead(canvas, ticket, y)
  const parts = partsOf(ticket)
  const below = parts.length * partHeightPt + addressHeightPt + marginPt + 24
  const heightPt = Math.min(mostPictureHeightPt, canvas.heightPt - below - y)
  drawPicture(canvas, picture, { y, heightPt })
  const factsX = marginPt + pictureWidthPt + 20
  drawFacts(canvas, mainFacts(ticket, size), factsX, { y, heightPt })
  drawNumbers(canvas, numberFacts(ticket), factsX + 196, y)
  y += heightPt + 18
  for (const part of parts) {
    drawPart(canvas, part, { x: marginPt, y, widthPt: canvas.widthPt - 2 * marginPt }, ticket, size)
    y += partHeightPt
  }
  drawAddress(canvas, ticket)
}

/** Nobody who sees any page of it takes a test for an order. Gives where the page goes on. */
export function drawTestBand(canvas: Canvas, y: number): number {
  canvas.fill(marginPt, y, canvas.widthPt - 2 * marginPt, 34)
  const style = { sizePt: 17, isBold: true, ink: 'white', align: 'centre' } as const
  canvas.text('TEST ORDER: do not print, do not ship', canvas.widthPt / 2, y + 23, style)
  return y + 48
}

function drawHead(canvas: Canvas, ticket: JobTicket, y: number): number {
  const right = canvas.widthPt - marginPt
  const copies = `${ticket.quantity} ×`
  const style = { sizePt: 46, isBold: true } as const
  canvas.text(copies, marginPt, y + 42, style)
  const x = marginPt + canvas.widthOf(copies, style) + 16
  const room = { widthPt: right - qrPt - 12 - x, heightPt: 56 }
  const title = fittedText(canvas, [ticket.title ?? ticket.product.title], room, [24, 20, 17, 14, 11], { isBold: true })
  const foot = writeFitted(canvas, title, x, y)
  if (ticket.title !== undefined) canvas.text(ticket.product.title, x, foot + 14, { sizePt: 12, ink: 'gray' })
  drawQr(canvas, ticket.barcode, right - qrPt + 10, y - 10, qrPt)
  drawCode128(canvas, ticket.barcode, { x: marginPt - 9, y: y + 78, widthPt: right - qrPt - marginPt, heightPt: 20 })
  return y + 118
}

/** Room from `y` downwards. */
type Band = { readonly y: number; readonly heightPt: number }

function drawPicture(canvas: Canvas, picture: SheetPicture, { y, heightPt }: Band): void {
  const x = marginPt
  if ('why' in picture) {
    canvas.frame(x, y, pictureWidthPt, heightPt, true)
    canvas.text('No picture', x + 14, y + heightPt / 2 - 10, { sizePt: 12, isBold: true, ink: 'gray' })
    const room = { widthPt: pictureWidthPt - 28, heightPt: 40 }
    const why = fittedText(canvas, [picture.why], room, [9], { ink: 'gray' })
    writeFitted(canvas, why, x + 14, y + heightPt / 2 - 6)
    return
  }
  const { image } = picture
  const scale = Math.min(pictureWidthPt / image.width, heightPt / image.height)
  const [width, height] = [image.width * scale, image.height * scale]
  canvas.image(image, x, y, width, height)
  canvas.frame(x, y, width, height)
}

/** Small names over large values. */
function drawFacts(canvas: Canvas, facts: readonly Fact[], x: number, { y, heightPt }: Band): void {
  const step = Math.min(38, heightPt / Math.max(1, facts.length))
  const sizes = [17, 15, 13, 11, 9.5, 8].filter((sizePt) => sizePt <= Math.max(8, (step - 12) / 1.1))
  for (const [index, [name, value]] of facts.entries()) {
    const top = y + index * step
    canvas.text(name, x, top + 7, { sizePt: 8, ink: 'gray' })
    const room = { widthPt: 182, heightPt: step - 8 }
    writeFitted(canvas, fittedText(canvas, [value], room, sizes, { isBold: true }), x, top + 9)
  }
}

function drawNumbers(canvas: Canvas, facts: readonly Fact[], x: number, y: number): void {
  for (const [index, [name, value]] of facts.entries()) {
    const top = y + index * 30
    canvas.text(name, x, top + 7, { sizePt: 8, ink: 'gray' })
    const room = { widthPt: canvas.widthPt - marginPt - x, heightPt: 13 }
    writeFitted(canvas, fittedText(canvas, [value], room, [10, 9, 8, 7, 6]), x, top + 9)
  }
}
