import { PDFDocument } from '@cantoo/pdf-lib'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Charges } from '#contracts/order-api/charges.ts'
import { differencesOfWords } from '#look/words.ts'
import { taxed } from '#pricing/taxed.ts'
import type { Checkout } from '../../../services/button-checkout/checkouts/checkout.ts'
import { invoiceContents } from '../../../services/button-checkout/invoice/invoice-content.ts'
import { invoicePdf } from '../../../services/button-checkout/invoice/invoice-pdf.ts'
import { printableText } from '../../../services/button-checkout/invoice/printable-text.ts'
import { readSeller } from '../../../services/button-checkout/invoice/read-seller.ts'
import { invoiceWords } from '../../../services/button-checkout/invoice/words/invoice-words-of.ts'
import { frozen, paidAt, paidAttempt, paidCheckout, seller } from './bought-checkout.ts'

const rate = fc.constantFrom(0, 4.5, 7, 9, 21, 6.25)
const part = fc.record({ listed: fc.integer({ min: 1, max: 5_000_000 }), rate, isInclusive: fc.boolean() })
const amountsOf = ({ listed, rate: percent, isInclusive }: typeof part extends fc.Arbitrary<infer T> ? T : never) => ({
  tax: {
    kind: percent === 0 ? 'none' : 'vat',
    jurisdiction: 'NL',
    rate_percent: percent,
    is_inclusive: isInclusive,
  } as const,
  ...taxed(listed, percent, isInclusive),
})
const [line] = frozen.charges.lines
const [sent] = frozen.charges.shipping
if (!line || !sent) throw new Error('the example has a line and a parcel')
const charges: fc.Arbitrary<Charges> = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 12 }), fc.array(part, { minLength: 1, maxLength: 3 }))
  .map(([ofLines, ofShipping]) => {
    const lines = ofLines.map((each) => ({ ...line, ...amountsOf(each) }))
    const shipping = ofShipping.map((each) => ({ ...sent, ...amountsOf(each) }))
    const sum = (of: 'net' | 'tax_amount' | 'gross') => [...lines, ...shipping].reduce((all, each) => all + each[of], 0)
    return { ...frozen.charges, net: sum('net'), tax_amount: sum('tax_amount'), gross: sum('gross'), lines, shipping }
  })

const invoiced = (change: Partial<typeof frozen> = {}, more: Partial<Checkout> = {}): Checkout =>
  paidCheckout({
    attempts: [{ ...paidAttempt, frozen: { ...frozen, ...change } }],
    invoice: { number: '2026-000123', at: paidAt, buyer: { ...frozen.buyer, ...change.buyer }, seller },
    ...more,
  })
const refundOf = (amountMinor: number) => ({
  ...({ key: 'k', amountMinor, cause: 'cancelled', askedAt: paidAt } as const),
  note: { number: '2026-C000001', at: paidAt },
})
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

test('rows, rates and totals of 200 random invoices are what was charged, to the unit', () => {
  fc.assert(
    fc.property(charges, (found) => {
      const [invoice] = invoiceContents(invoiced({ charges: found }))
      expect(invoice?.totals).toEqual({ net: found.net, tax_amount: found.tax_amount, gross: found.gross })
      for (const of of ['net', 'tax_amount', 'gross'] as const) {
        expect(sumOf(invoice?.rows.map((row) => row[of]) ?? [])).toBe(found[of])
      }
      expect(sumOf(invoice?.rates.map(({ net }) => net) ?? [])).toBe(found.net)
      expect(sumOf(invoice?.rates.map(({ tax_amount }) => tax_amount) ?? [])).toBe(found.tax_amount)
    }),
    { numRuns: 200 },
  )
})

test('a credit note over any part of it gives back exactly that, and net and tax add up', () => {
  fc.assert(
    fc.property(charges, fc.double({ min: 0, max: 1, noNaN: true }), (found, share) => {
      const amount = Math.max(1, Math.round(found.gross * share))
      const [, note] = invoiceContents(invoiced({ charges: found }, { refunds: [refundOf(amount)] }))
      expect(note?.totals.gross).toBe(amount)
      expect((note?.totals.net ?? 0) + (note?.totals.tax_amount ?? 0)).toBe(amount)
      expect(sumOf(note?.rows.map(({ gross }) => gross) ?? [])).toBe(amount)
    }),
    { numRuns: 200 },
  )
})

test('the PDF says its title and language, has a sheet for each credit note, and more sheets for many lines', async () => {
  const one = await invoicePdf(invoiced({}, { language: 'de', refunds: [refundOf(3003)] }))
  const doc = await PDFDocument.load(one?.bytes ?? new Uint8Array(), { updateMetadata: false })
  expect([doc.getTitle(), doc.getPageCount(), one?.fileName]).toEqual(['Rechnung 2026-000123', 2, '2026-000123.pdf'])
  expect(doc.catalog.toString()).toContain('/Lang')
  const lines = Array.from({ length: 40 }, () => line)
  const many = await invoicePdf(invoiced({ charges: { ...frozen.charges, lines } }))
  expect((await PDFDocument.load(many?.bytes ?? new Uint8Array())).getPageCount()).toBeGreaterThan(1)
})

test.each([
  '王小明',
  'عمر الخيام',
  '😀'.repeat(100),
  '\u202eadoL\u202c',
  'a\u0301'.repeat(90),
  '\u0000\u0007',
  'Ωmega Жук ß',
  'x'.repeat(100),
  ' ',
])('a buyer called %j gets an invoice, without boxes', async (name) => {
  const pdf = await invoicePdf(invoiced({ buyer: { ...frozen.buyer, name } }))
  expect(pdf?.bytes.length).toBeGreaterThan(1000)
})

test('a customer who reads Chinese gets a Chinese invoice, with names and titles as they were typed, that can be read aloud', async () => {
  const address = { line1: '南京东路 1 号', city: '上海', postal_code: '200001', country: 'CN' }
  const buyer = { ...frozen.buyer, name: '王小明 Müller', address }
  const pdf = await invoicePdf(invoiced({ buyer, title: '海港之光 第12期' }, { language: 'zh' }))
  const library = await PDFiumLibrary.init()
  const doc = await library.loadDocument(Buffer.from(pdf?.bytes ?? []))
  try {
    const text = doc.getPage(0).getText()
    for (const words of [
      '发票',
      '王小明 Müller',
      '南京东路 1 号',
      '200001 上海',
      '中国',
      '2026年11月21日',
      '海港之光 第12期',
      '€30.03',
    ]) {
      expect(text).toContain(words)
    }
    expect(text).not.toContain('(…)')
  } finally {
    doc.destroy()
    library.destroy()
  }
  expect(pdf?.bytes.length).toBeLessThan(200_000)
})

test('signs that the typeface lacks leave one visible gap; letters that it has only without their marks stay', () => {
  const glyphs = { has: (code: number) => code < 128 || code === 0x2026 }
  expect(printableText('王小明 Müller', glyphs)).toBe('(…) Muller')
  expect(printableText('a 😀 👩‍👩‍👧 b', glyphs)).toBe('a (…) b')
  expect(printableText('1\u202f234', glyphs)).toBe('1 234')
})

test('all languages of invoices have the same words and places', () => {
  for (const words of Object.values(invoiceWords)) expect(differencesOfWords(invoiceWords.en, words)).toEqual([])
})

test('a seller that is not usable is told with every fault at once', () => {
  expect(readSeller(JSON.stringify(seller))).toEqual(seller)
  expect(() => readSeller('Printcloud')).toThrow('SELLER is no JSON')
  expect(() => readSeller('{"name":"","lines":[],"country":"nl"}')).toThrow(/name[\s\S]*lines[\s\S]*country/)
  expect(() => readSeller('{}')).toThrow(/name[\s\S]*lines[\s\S]*country[\s\S]*email/)
})
