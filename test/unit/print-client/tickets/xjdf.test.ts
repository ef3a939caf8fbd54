import { readFileSync } from 'node:fs'
import { XmlDocument, XmlElement, XsdValidator } from 'libxml2-wasm'
import { expect, test } from 'vitest'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { jobTicketOf } from '../../../../services/print-client/tickets/job-ticket.ts'
import { xjdfTicket } from '../../../../services/print-client/tickets/xjdf/xjdf-ticket.ts'
import { productOfFamily, productsOfAllFamilies, ticketOf } from './family-tickets.ts'

const names = { x: 'http://www.CIP4.org/JDFSchema_2_0' }

/** Read by libxml2: throws unless it is well-formed. */
function read(production: ProductionTicket) {
  const doc = XmlDocument.fromString(xjdfTicket(jobTicketOf(production)))
  const all = (path: string, name: string) =>
    doc.find(path, names).map((node) => (node instanceof XmlElement ? node.attr(name)?.value : undefined))
  return { doc, all, one: (path: string, name: string) => all(path, name)[0] }
}

/** What every ticket must tell, whatever is made. */
function expectWhole(production: ProductionTicket): void {
  const { doc, all, one } = read(production)
  const { product, files } = production
  expect(one('/x:XJDF', 'JobID')).toBe(production.jobId)
  expect(one('/x:XJDF', 'JobPartID')).toBe(production.itemId)
  expect(one('/x:XJDF', 'Types')).toBe('Product')
  expect(one('/x:XJDF/x:AuditPool/x:AuditCreated/x:Header', 'Time')).toBe(production.issuedAt)
  const root = '/x:XJDF/x:ProductList/x:Product[@IsRoot="true"]'
  expect(all(root, 'Amount')).toEqual([String(production.quantity)])
  expect(one(`${root}//x:LayoutIntent`, 'FinishedDimensions')?.split(' ').map(Number)[0]).toBeCloseTo(
    pointsOf(product.trimWidthMm),
    2,
  )
  expect(all('//x:RunList/x:FileSpec', 'URL')).toEqual(files.map(({ component }) => `${component}.pdf`))
  expect(all('//x:RunList/x:FileSpec', 'CheckSum')).toEqual(files.map(({ sha256 }) => sha256))
  expect(all('//x:RunList/x:FileSpec', 'FileSize')).toEqual(files.map(({ sizeBytes }) => String(sizeBytes)))
  expect(all('//x:MediaIntent', 'MediaQuality')).toEqual(files.map(({ component }) => product.paper[component]))
  expect(one('//x:DeliveryParams/x:DropItem', 'Amount')).toBe(String(production.quantity))
  const ids = all('//x:Product', 'ID')
  expect(ids).toContain(one('//x:DropItem', 'ItemRef'))
  for (const id of all('//x:RunList/../x:Part', 'ProductPart')) expect(ids).toContain(id)
  doc.dispose()
}

test('every family’s XJDF names the product, its files with sums, papers and the address', () => {
  for (const product of productsOfAllFamilies) expectWhole(ticketOf(product))
})

test('a book is a root with body and cover, each with its own paper, size and barcode', () => {
  const { doc, all, one } = read(ticketOf(productOfFamily('softcover_book')))
  expect(one('//x:Product[@ID="BOOK"]//x:BindingIntent', 'BindingType')).toBe('SoftCover')
  expect(one('//x:Product[@ID="BOOK"]//x:BindingIntent', 'ChildRefs')).toBe('BODY COVER')
  expect(all('//x:Product//x:MediaIntent', 'Weight')).toEqual(['90', '250'])
  expect(one('//x:Product[@ID="BODY"]//x:LayoutIntent', 'Sides')).toBe('TwoSidedHeadToHead')
  expect(one('//x:Product[@ID="COVER"]', 'ExternalID')).toMatch(/^job_.*-cover$/)
  expect(one('//x:Product[@ID="COVER"]//x:LaminatingIntent', 'Texture')).toBe('Matte')
  doc.dispose()
})

test('bindings are named in the words of XJDF', () => {
  const binding = (family: Parameters<typeof productOfFamily>[0]) => {
    const { doc, one } = read(ticketOf(productOfFamily(family)))
    const found = [one('//x:BindingIntent', 'BindingType'), one('//x:BindingIntent', 'BindingSide')]
    doc.dispose()
    return found
  }
  expect(binding('magazine')).toEqual(['SaddleStitch', 'Left'])
  expect(binding('photo_book')).toEqual(['HardCover', 'Left'])
  expect(binding('layflat')).toEqual(['HardCover', 'Left'])
  expect(binding('calendar')).toEqual(['WireComb', 'Top'])
  expect(binding('poster')).toEqual([undefined, undefined])
})

test('the facility’s own papers come with their thickness in micrometres, and the day with its hour', () => {
  const production = ticketOf(productOfFamily('softcover_book'))
  const papers = { interior: { id: 'munken', title: 'Munken Print 90', gsm: 90, caliperMicrometres: 135 } }
  const { doc, one } = read({
    ...production,
    dueAt: '2026-12-01T16:00:00Z',
    product: { ...production.product, papers },
  })
  expect(one('//x:Product[@ID="BODY"]//x:MediaIntent', 'Thickness')).toBe('135')
  expect(one('//x:Product[@ID="BODY"]//x:MediaIntent', 'MediaQuality')).toBe('Munken Print 90')
  expect(one('//x:NodeInfo', 'End')).toBe('2026-12-01T16:00:00Z')
  doc.dispose()
})

test('hostile titles and names stay text, in every alphabet', () => {
  const words = `"><Product Amount='1'/><!-- ]]> &amp; 日本語 עברית`
  const title = `${words}\u0000\u0008\ud800`
  const production = ticketOf(productOfFamily('poster'))
  const { shipTo } = production
  const { doc, all, one } = read({
    ...production,
    title,
    reference: '&reference;<x>',
    options: { '<a b>': '"&"' },
    shipTo: { ...shipTo, name: 'محمد "العربي" <b>\n', phone: `'+31'<&>` },
  })
  expect(all('//x:Product', 'ID')).toEqual(['SHEET'])
  expect(one('//x:CustomerInfo', 'CustomerJobName')).toBe(`${words}\ufffd\ufffd\ufffd`)
  expect(one('//x:CustomerInfo', 'CustomerOrderID')).toBe('&reference;<x>')
  expect(one('//x:Product/x:GeneralID', 'IDValue')).toBe('"&"')
  expect(one('//x:Contact/x:Person', 'FamilyName')).toBe('محمد "العربي" <b>\n')
  doc.dispose()
})

test('a test order says in its XJDF that it must not be printed', () => {
  const { doc, one } = read(ticketOf(productOfFamily('card'), { isTest: true }))
  expect(one('/x:XJDF', 'Category')).toBe('Test')
  expect(doc.find('/x:XJDF/x:Comment', names)[0]?.content).toBe('TEST ORDER: do not print, do not ship')
  doc.dispose()
})

const schema = process.env.XJDF_XSD
const which = schema === undefined ? 'skipped: XJDF_XSD names no schema file' : `by ${schema}`
test.skipIf(schema === undefined)(`every family’s XJDF is valid (${which})`, () => {
  const rules = XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(schema ?? '')))
  for (const product of productsOfAllFamilies) {
    for (const isTest of [true, false]) {
      const { doc } = read(ticketOf(product, { isTest, dueAt: '2026-12-01T16:00:00Z' }))
      expect(() => rules.validate(doc)).not.toThrow()
      doc.dispose()
    }
  }
  rules.dispose()
})
