import { expect, test } from 'vitest'
import { openWithPdfium } from '../../../../services/processor/pdfium/document.ts'
import { pageFactsOf, pdfFactsOf, pdfOf } from './hand-made.ts'

const square = '/Type /Annot /Subtype /Square /Rect [100 100 300 300] /IC [1 0 0] /C [1 0 0]'
const field = '/Type /Annot /Subtype /Widget /FT /Tx /T (name) /Rect [100 100 300 300] /DA (/Helv 24 Tf 0 g)'
const red: readonly [string, string] = ['/Type /XObject /Subtype /Form /BBox [0 0 10 10]', '1 0 0 rg 0 0 10 10 re f']

// Comments in review tools often come without an appearance: viewers draw them by ISO 32000-1, 12.5.6.
test('A printed mark that viewers draw by themselves is printed as they draw it', async () => {
  const drawn = await pageFactsOf({ entries: '/Annots [100 0 R]' }, { 100: `<< ${square} /F 4 >>` })
  expect(drawn.needsRaster).toBe(true)
  const onScreenOnly = await pageFactsOf({ entries: '/Annots [100 0 R]' }, { 100: `<< ${square} >>` })
  expect(onScreenOnly.needsRaster).toBeUndefined()
})

// Mozilla's bug1865341: words typed onto the page by a browser, without an appearance.
test('Words typed onto a page are printed as viewers show them', async () => {
  const typed = '/Type /Annot /Subtype /FreeText /Rect [100 100 300 300] /DA (/Helv 24 Tf 0 g) /Contents (Anna)'
  const { needsRaster } = await pageFactsOf({ entries: '/Annots [100 0 R]' }, { 100: `<< ${typed} /F 4 >>` })
  expect(needsRaster).toBe(true)
})

test('A mark with an appearance of its own, and an empty field, ask for no picture of the page', async () => {
  const entries = '/Annots [100 0 R 102 0 R]'
  const page = await pageFactsOf(
    { entries },
    { 100: `<< ${square} /F 4 /AP << /N 101 0 R >> >>`, 101: red, 102: `<< ${field} /F 4 >>` },
  )
  expect(page.needsRaster).toBeUndefined()
})

// Forms filled in by pdf.js, pdfcpu, PDFBox: PDFium's pictures of annotations leave fields out.
test('PDFium shows form fields that are printed, as often as it is asked, and no others', async () => {
  const shown = (flags: string) =>
    pdfOf({
      pages: [{ entries: '/MediaBox [0 0 400 400] /Annots [100 0 R]' }],
      objects: { 100: `<< ${field} ${flags} /AP << /N 101 0 R >> >>`, 101: red },
      catalog: '/AcroForm << /Fields [100 0 R] >>',
    })
  const middle = 4 * (20 * 40 + 20)
  const printed = await openWithPdfium(shown('/F 4'))
  for (const _ of [1, 2])
    expect([...printed.render(1, 40, 40, true).data.subarray(middle, middle + 3)]).toEqual([255, 0, 0])
  const onScreenOnly = await openWithPdfium(shown(''))
  expect([...onScreenOnly.render(1, 40, 40, true).data.subarray(middle, middle + 3)]).toEqual([255, 255, 255])
})

test('Fields that want their words set anew are printed with their words', async () => {
  const { pages } = await pdfFactsOf({
    pages: [{ entries: '/Annots [100 0 R]' }],
    objects: { 100: `<< ${field} /F 4 /V (Anna) >>` },
    catalog: '/AcroForm << /Fields [100 0 R] /NeedAppearances true >>',
  })
  expect(pages.map(({ needsRaster }) => needsRaster)).toEqual([true])
})
