import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  activeDocument,
  endlessTree,
  lyingCount,
  ownerLockedPacked,
  pageBomb,
  passwordLocked,
} from '../../../fixtures/processor/hostile.ts'
import { factsOf, pdfFactsOf, pdfOf, withTable } from './hand-made.ts'

const square = '0 g 10 10 100 100 re f'

test('A sound file that only shows pages may keep its bytes', async () => {
  const facts = await pdfFactsOf({ pages: [{ content: square }, { content: square }] })
  expect(facts).toMatchObject({ pageCount: 2, isAppendable: true, wasRepaired: false, wasEncrypted: false, active: [] })
  expect(facts.wantsRepair).toBeUndefined()
})

test('A file that says it is PDF 2.0, and one with a page used twice, are written anew', async () => {
  const pages = [{ content: square }]
  expect((await pdfFactsOf({ pages, catalog: '/Version /2.0' })).isAppendable).toBe(false)
  const twice = pdfOf({ pages: [{ content: square }, { content: square }] })
  const text = twice.toString('latin1').replace('[10 0 R 12 0 R]', '[10 0 R 10 0 R]')
  expect(await pdfFactsOf(Buffer.from(text, 'latin1'))).toMatchObject({ pageCount: 2, isAppendable: false })
})

test('Bytes before the header, and more pages after the end, are leftovers', async () => {
  const plain = pdfOf({ pages: [{ content: square }] })
  expect((await pdfFactsOf(Buffer.concat([plain, Buffer.from('MZ other file')]))).isAppendable).toBe(false)
})

const linkBy = (action: string): string =>
  `<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Border [0 0 0] /A << /S ${action} >> >>`

test('Links between pages, as in a table of contents, do not cost a file its fast way', async () => {
  const link = linkBy('/GoTo /D [10 0 R /Fit]')
  const opening = '/OpenAction [10 0 R /Fit] /AcroForm << /Fields [] >>'
  const facts = await pdfFactsOf({ pages: [{ content: square, entries: `/Annots [${link}]` }], catalog: opening })
  expect(facts).toMatchObject({ isAppendable: true, active: [] })
})

test('A file with links out of it is written anew, without a word, so that no address stays in the bytes', async () => {
  const link = linkBy('/URI /URI (https://example.org)')
  const facts = await pdfFactsOf({ pages: [{ content: square, entries: `/Annots [${link}]` }] })
  expect(facts).toMatchObject({ isAppendable: false, active: [] })
})

test('Notes that print, and notes that a viewer would show, are not left in the bytes', async () => {
  const note = '<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (see me) >>'
  const facts = await pdfFactsOf({ pages: [{ content: square, entries: `/Annots [${note}]` }] })
  expect(facts.isAppendable).toBe(false)
})

test('A script is found although no page leads to it, and however its name is spelled', async () => {
  const hidden = { 100: '<< /S /J#61vaScript /JS (app.alert\\(1\\)) >>' }
  const facts = await pdfFactsOf({ pages: [{ content: square }], objects: hidden })
  expect(facts.active).toEqual(['JS', 'JavaScript'])
  expect(facts.isAppendable).toBe(false)
})

test('Scripts, launches, forms and attached files are named', async () => {
  const facts = await pdfFactsOf(await activeDocument(2))
  expect(facts.active).toEqual(['AA', 'AcroForm', 'EF', 'EmbeddedFiles', 'JS', 'JavaScript', 'Launch', 'OpenAction'])
  expect(facts.pages[0]?.printedAnnotations).toBe(1)
})

test('What an earlier version of the file left between its objects is not taken into a print file', async () => {
  const facts = await pdfFactsOf({
    pages: [{ content: square }],
    unlisted: '99 0 obj\n<< /S /JavaScript /JS (app.alert\\(1\\)) >>\nendobj\n',
  })
  expect(facts.isAppendable).toBe(false)
})

const layer = (more: string) => ({
  pages: [{ content: `${square} /OC /L BDC 1 0 0 rg 0 0 50 50 re f EMC`, resources: '/Properties << /L 100 0 R >>' }],
  objects: { 100: '<< /Type /OCG /Name (Draft) >>' },
  catalog: `/OCProperties << /OCGs [100 0 R] /D << ${more} >> >>`,
})

test('A layer that is switched off stays off the paper: the page is printed as a picture', async () => {
  const off = await pdfFactsOf(layer('/OFF [100 0 R]'))
  expect(off.pages[0]?.needsRaster).toBe(true)
  expect(off.isAppendable).toBe(false)
  const allOff = await pdfFactsOf(layer('/BaseState /OFF'))
  expect(allOff.pages[0]?.needsRaster).toBe(true)
})

test('Layers that are all on change nothing', async () => {
  const facts = await pdfFactsOf(layer('/ON [100 0 R]'))
  expect(facts.pages[0]?.needsRaster).toBeUndefined()
  expect(facts.isAppendable).toBe(true)
})

test('Spot colours are named; process inks, None and All are none', async () => {
  const tint = '<< /FunctionType 2 /N 1 /Domain [0 1] >>'
  const spaces = `/A [/Separation /PANTONE#20185#20C /DeviceCMYK ${tint}] /B [/DeviceN [/Cyan /Gold] /DeviceCMYK ${tint}] /C [/Separation /All /DeviceCMYK ${tint}] /D [/Separation /Black /DeviceCMYK ${tint}]`
  const content = ['A', 'B', 'C', 'D']
    .map((name) => `/${name} cs 1 ${name === 'B' ? '1' : ''} scn 0 0 9 9 re f`)
    .join(' ')
  const facts = await pdfFactsOf({ pages: [{ content, resources: `/ColorSpace << ${spaces} >>` }] })
  expect(facts.spotColours).toEqual(['Gold', 'PANTONE 185 C'])
  expect(facts.pages[0]?.inkPercent).toBe(100)
})

test('Fonts that the file leaves out are named, once each', async () => {
  const fonts = '/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Garamond-Italic >> >>'
  const page = { content: 'BT /F 9 Tf 90 90 Td (x) Tj ET', resources: fonts }
  const facts = await pdfFactsOf({ pages: [page, page] })
  expect(facts.missingFonts).toEqual(['Garamond-Italic'])
})

const boxes = '/MediaBox [0 0 220 320] /TrimBox [10 10 210 310]'

test('Bleed is real where print goes on beyond the cut, and is not where it stops there', async () => {
  const { pages } = await pdfFactsOf({
    pages: [
      { entries: boxes, content: '0 0 1 rg 0 0 220 320 re f' },
      { entries: boxes, content: '0 0 1 rg 10 10 200 300 re f' },
      { entries: boxes, content: '0 0 1 rg 60 60 100 200 re f' },
      { entries: `${boxes} /BleedBox [2 2 218 318]`, content: '0 0 1 rg 10 10 200 300 re f' },
      { entries: `${boxes} /Rotate 90`, content: '0 0 1 rg 0 150 220 170 re f' },
      { entries: `${boxes} /CropBox [10 10 210 310]`, content: '0 0 1 rg 0 0 220 320 re f' },
      { entries: `${boxes} /CropBox [10 10 210 310] /Rotate 270`, content: '0 0 1 rg 10 10 200 300 re f' },
    ],
  })
  expect(pages.map(({ isBleedReal }) => isBleedReal)).toEqual([true, false, undefined, undefined, true, true, false])
})

test('The first page’s colours are known, as it is seen', async () => {
  const facts = await pdfFactsOf({ pages: [{ content: '0 0 1 rg 0 0 600 900 re f' }] })
  expect(facts.look.mean).toEqual({ red: 0, green: 0, blue: 255 })
})

test('A file that opens without a password is read through its protection, and never kept as it is', async () => {
  const facts = await pdfFactsOf(await ownerLockedPacked(2))
  expect(facts).toMatchObject({ pageCount: 2, wasEncrypted: true, wasRepaired: false, isAppendable: false })
  expect(facts.pages[1]?.fonts).toBe('standard')
})

test('A file that needs a password is told as such', async () => {
  expect(await factsOf(await passwordLocked(1))).toMatchObject({ kind: 'unreadable', code: 'PASSWORD_REQUIRED' })
})

test('A page count that lies is not believed: every page that is there counts', async () => {
  expect((await pdfFactsOf(await lyingCount(3, 2))).pageCount).toBe(3)
  expect((await pdfFactsOf(await lyingCount(3, 30))).pageCount).toBe(3)
})

test('Page trees without an end are refused, quickly', async () => {
  for (const bytes of [endlessTree(), pageBomb()]) expect((await factsOf(bytes)).kind).toBe('unreadable')
})

test('A document without pages is told as such', async () => {
  const empty = withTable(
    new Map([
      [1, '<< /Type /Catalog /Pages 2 0 R >>'],
      [2, '<< /Type /Pages /Count 0 /Kids [] >>'],
    ]),
  )
  expect(await factsOf(empty)).toMatchObject({ kind: 'unreadable', code: 'EMPTY_DOCUMENT' })
})

test('Content that cannot be read is printed from a picture of the page', async () => {
  const page = { content: square, resources: '/XObject << /F 100 0 R >>' }
  const broken = ['/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Filter /Crypt2', 'unknown'] as const
  const facts = await pdfFactsOf({ pages: [{ ...page, content: `${square} /F Do` }], objects: { 100: broken } })
  expect(facts.pages[0]?.needsRaster).toBe(true)
})

test('Content without measure does not stop the job: facts of its page are left out, all others are there', async () => {
  const endless = deflateSync(Buffer.alloc(40 * 1024 ** 2, ' '), { level: 1 }).toString('latin1')
  const bomb = ['/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode', endless] as const
  const pages = [{ content: '/B Do', resources: '/XObject << /B 100 0 R >>' }, { content: '' }]
  const facts = await pdfFactsOf({ pages, objects: { 100: bomb } })
  expect(facts.pages.map(({ isBlank }) => isBlank)).toEqual([undefined, true])
})

test('A pattern that is painted with itself is refused before any renderer hangs on it', async () => {
  // Found in the tests of pdf.js (operator_list_cycle): PDFium draws it for minutes.
  const cell = [
    '/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 225 161] /XStep 225 /YStep 161 /Resources << /XObject << /F 101 0 R >> >>',
    '/F Do',
  ] as const
  const form = [
    '/Type /XObject /Subtype /Form /BBox [0 0 225 161] /Resources << /Pattern << /C 100 0 R >> >>',
    '/Pattern cs /C scn 0 0 225 161 re f',
  ] as const
  const page = { content: '/F Do', resources: '/XObject << /F 101 0 R >>' }
  const facts = await factsOf(pdfOf({ pages: [page], objects: { 100: cell, 101: form } }))
  expect(facts).toMatchObject({ kind: 'unreadable', code: 'RESOURCE_LIMIT' })
})
