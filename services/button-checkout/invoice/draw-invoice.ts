import { shownPostalCode } from '#contracts/postal-codes.ts'
import { filled } from '#look/words.ts'
import type { InvoiceContent, InvoiceRow } from './invoice-content.ts'
import { brokenText, gray, type Pen, rule, sheet, turnPage, write } from './invoice-pen.ts'

const { margin, width } = sheet
const right = width - margin
/** Right ends of the columns of figures; the description has the room before them. */
const columns = { quantity: 290, net: 360, rate: 402, tax: 466, gross: right } as const
const titleWidthPt = 190
const lowest = 110

/** One document, as it is read: who, what, how much. */
export function drawInvoice(pen: Pen, content: InvoiceContent): void {
  drawHead(pen, content)
  drawTableHead(pen, content)
  for (const row of content.rows) {
    if (pen.y < lowest + 40) {
      turnPage(pen)
      drawTableHead(pen, content)
    }
    drawRow(pen, content, row)
  }
  if (pen.y < lowest + 30 + 16 * content.rates.length) turnPage(pen)
  drawTotals(pen, content)
}

function drawHead(pen: Pen, { heading, facts, seller, buyer, words, locale, isTest }: InvoiceContent): void {
  pen.y -= 22
  for (const line of brokenText(pen, heading, right - margin, { sizePt: 24, isBold: true })) {
    write(pen, line, margin, { sizePt: 24, isBold: true })
    pen.y -= 28
  }
  if (isTest) {
    write(pen, words.test, margin, { isBold: true })
    pen.y -= 20
  }
  const country = (code: string): string => new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code
  const vat = seller.vat_id === undefined ? [] : [filled(words.vatId, { id: seller.vat_id })]
  const { line1, line2 = '', postal_code, city, state = '', country: code } = buyer.address
  const place = [shownPostalCode(postal_code), city, state].filter(Boolean).join(' ')
  const ours = [seller.name, ...seller.lines, country(seller.country), ...vat, seller.email]
  const theirs = [buyer.name, line1, line2, place, country(code), buyer.email].filter(Boolean)
  const start = pen.y
  const ends = [
    drawParty(pen, words.seller, ours, margin, start),
    drawParty(pen, words.buyer, theirs, margin + 250, start),
  ]
  pen.y = Math.min(...ends) - 28
  for (const [name, value] of facts) {
    write(pen, name, margin, { color: gray })
    write(pen, value, margin + 100)
    pen.y -= 15
  }
  pen.y -= 18
}

function drawParty(pen: Pen, name: string, lines: readonly string[], x: number, start: number): number {
  pen.y = start
  write(pen, name, x, { sizePt: 9, color: gray })
  for (const line of lines.flatMap((each) => brokenText(pen, each, 225))) {
    pen.y -= 14
    write(pen, line, x)
  }
  return pen.y
}

function drawTableHead(pen: Pen, { words }: InvoiceContent): void {
  const style = { sizePt: 9, color: gray, isRight: true } as const
  write(pen, words.what, margin, { sizePt: 9, color: gray })
  write(pen, words.quantity, columns.quantity, style)
  write(pen, words.net, columns.net, style)
  write(pen, words.rate, columns.rate, style)
  write(pen, words.tax, columns.tax, style)
  write(pen, words.gross, columns.gross, style)
  pen.y -= 6
  rule(pen)
  pen.y -= 16
}

function drawRow(pen: Pen, { money, locale }: InvoiceContent, row: InvoiceRow): void {
  const figures = { isRight: true } as const
  if (row.quantity !== undefined) {
    write(pen, new Intl.NumberFormat(locale).format(row.quantity), columns.quantity, figures)
  }
  write(pen, money(row.net), columns.net, figures)
  write(pen, row.ratePercent === undefined ? '–' : percent(row.ratePercent, locale), columns.rate, figures)
  write(pen, money(row.tax_amount), columns.tax, figures)
  write(pen, money(row.gross), columns.gross, figures)
  const small = { sizePt: 9, color: gray }
  for (const line of brokenText(pen, row.title, titleWidthPt)) {
    write(pen, line, margin)
    pen.y -= 13
  }
  for (const line of row.note === '' ? [] : brokenText(pen, row.note, titleWidthPt, small)) {
    write(pen, line, margin, small)
    pen.y -= 12
  }
  pen.y -= 6
}

const percent = (rate: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 3 }).format(rate / 100)

function drawTotals(pen: Pen, { kind, rates, totals, words, money, locale }: InvoiceContent): void {
  rule(pen)
  pen.y -= 18
  const figures = { isRight: true } as const
  write(pen, words.net, margin, { color: gray })
  write(pen, money(totals.net), columns.gross, figures)
  for (const { ratePercent, net, tax_amount } of rates) {
    pen.y -= 15
    write(pen, filled(words.taxed, { rate: percent(ratePercent, locale), net: money(net) }), margin, { color: gray })
    write(pen, money(tax_amount), columns.gross, figures)
  }
  pen.y -= 24
  const large = { sizePt: 13, isBold: true } as const
  write(pen, kind === 'invoice' ? words.sum : words.sumBack, margin, large)
  write(pen, money(totals.gross), columns.gross, { ...large, isRight: true })
  pen.y -= 22
  if (kind === 'invoice') write(pen, words.settled, margin)
}
