import { readFile } from 'node:fs/promises'
import fontkit from '@cantoo/fontkit'
import { PDFDocument } from '@cantoo/pdf-lib'
import { filled } from '#look/words.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { chineseFaces } from './chinese-faces.ts'
import { drawInvoice } from './draw-invoice.ts'
import { type InvoiceContent, invoiceContents } from './invoice-content.ts'
import { createPen, gray, type Pen, sheet, turnPage, write } from './invoice-pen.ts'

const family = '@expo-google-fonts/source-serif-4'
const files = {
  regular: `${family}/400Regular/SourceSerif4_400Regular.ttf`,
  bold: `${family}/600SemiBold/SourceSerif4_600SemiBold.ttf`,
} as const

export type InvoicePdf = { readonly fileName: string; readonly bytes: Uint8Array }

/** The invoice as a PDF, its credit notes on sheets of their own after it. Undefined where there is none. */
export async function invoicePdf(checkout: Checkout): Promise<InvoicePdf | undefined> {
  const contents = invoiceContents(checkout)
  const { invoice } = checkout
  const [first] = contents
  if (!first || !invoice) return undefined
  const doc = await PDFDocument.create()
  describe(doc, first, `${first.words.invoice} ${invoice.number}`, invoice.at)
  doc.registerFontkit(fontkit)
  const [regular, bold] = await Promise.all([fontOf(doc, 'regular'), fontOf(doc, 'bold')])
  const own = { regular, bold, glyphs: new Set(regular.getCharacterSet()) }
  const lacking = signsOf(contents).filter((code) => !own.glyphs.has(code))
  const pen = createPen(doc, [own, ...(await chineseFaces(doc, lacking))])
  for (const [index, content] of contents.entries()) {
    if (index > 0) turnPage(pen)
    drawInvoice(pen, content)
  }
  drawFeet(pen, first)
  return { fileName: `${invoice.number}.pdf`, bytes: await doc.save() }
}

/** Every sign that may be written; dates and names of countries come of the language. */
function signsOf(contents: readonly InvoiceContent[]): readonly number[] {
  const countries = contents.flatMap(({ locale, seller, buyer }) => {
    const names = new Intl.DisplayNames([locale], { type: 'region' })
    return [seller.country, buyer.address.country].map((code) => names.of(code) ?? '')
  })
  const text = JSON.stringify([contents, countries]).normalize('NFC')
  return [...new Set(text)].map((sign) => sign.codePointAt(0) ?? 0)
}

/** What a reader's program says of it: title and language, for those who hear it too. */
function describe(doc: PDFDocument, { locale, seller }: InvoiceContent, title: string, at: string): void {
  doc.setTitle(title, { showInWindowTitleBar: true })
  doc.setLanguage(locale)
  doc.setAuthor(seller.name)
  doc.setCreationDate(new Date(at))
  doc.setModificationDate(new Date(at))
  doc.setProducer('Printcloud')
  doc.setCreator('Printcloud')
}

const fontOf = async (doc: PDFDocument, weight: keyof typeof files) =>
  doc.embedFont(await readFile(new URL(import.meta.resolve(files[weight]))), { subset: true })

function drawFeet(pen: Pen, { words }: InvoiceContent): void {
  const { isLacking } = pen
  const pages = pen.doc.getPages()
  const style = { sizePt: 8, color: gray } as const
  for (const [index, page] of pages.entries()) {
    pen.page = page
    pen.y = 48
    if (isLacking) write(pen, words.missing, sheet.margin, style)
    pen.y = 34
    const place = filled(words.page, { page: index + 1, pages: pages.length })
    write(pen, place, sheet.width - sheet.margin, { ...style, isRight: true })
  }
}
