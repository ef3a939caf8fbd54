import { expect, test } from 'vitest'
import { pageFactsOf } from './hand-made.ts'

/** Helvetica without its font file, as every program may leave it out. */
const helvetica = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
const picture = (widthPx: number, heightPx: number, more = '/ColorSpace /DeviceGray'): readonly [string, string] => [
  `/Type /XObject /Subtype /Image /Width ${widthPx} /Height ${heightPx} /BitsPerComponent 8 ${more}`,
  ' '.repeat(widthPx * heightPx),
]

test('A page turned by the viewer is known to be turned, and its own boxes stay in its own space', async () => {
  const page = await pageFactsOf({ entries: '/MediaBox [0 0 300 400] /Rotate 90 /TrimBox [290 390 10 10]' })
  expect(page.orientation).toBe(6)
  expect(page.media).toEqual({ x: 0, y: 0, width: 300, height: 400 })
  expect(page.trim).toEqual({ x: 10, y: 10, width: 280, height: 380 })
})

test('A page turned backwards or further than once is turned by what remains', async () => {
  expect((await pageFactsOf({ entries: '/Rotate -90' })).orientation).toBe(8)
  expect((await pageFactsOf({ entries: '/Rotate 540' })).orientation).toBe(3)
})

test('A large page in user units tells its unit, and pictures on it have the resolution they get on paper', async () => {
  // 100 × 100 units of 2/72 inch: a picture of 200 × 200 pixels over all of it has 72 dpi.
  const page = await pageFactsOf(
    {
      entries: '/MediaBox [0 0 100 100] /UserUnit 2',
      content: '100 0 0 100 0 0 cm /P Do',
      resources: '/XObject << /P 100 0 R >>',
    },
    { 100: picture(200, 200) },
  )
  expect(page.userUnit).toBe(2)
  expect(page.coarsestDpi).toBeCloseTo(72, 3)
})

test('A picture inside a form inside a form has the resolution it gets on the page', async () => {
  // Twice as large by the form's matrix, twice by the page: 144 pixels over 288 points are 36 dpi.
  const page = await pageFactsOf(
    {
      entries: '/MediaBox [0 0 300 300]',
      content: 'q 2 0 0 2 0 0 cm /Outer Do Q',
      resources: '/XObject << /Outer 100 0 R >>',
    },
    {
      100: [
        '/Type /XObject /Subtype /Form /BBox [0 0 300 300] /Resources << /XObject << /Inner 101 0 R >> >>',
        '/Inner Do',
      ],
      101: [
        '/Type /XObject /Subtype /Form /BBox [0 0 300 300] /Matrix [2 0 0 2 0 0] /Resources << /XObject << /P 102 0 R >> >>',
        'q 72 0 0 72 0 0 cm /P Do Q',
      ],
      102: picture(144, 144),
    },
  )
  expect(page.coarsestDpi).toBeCloseTo(36, 3)
})

test('A picture written into the page itself counts like any other, whatever its bytes spell', async () => {
  const data = 'EI xx EI yy'.padEnd(64, 'z')
  const page = await pageFactsOf({
    entries: '/MediaBox [0 0 72 72]',
    content: `q 72 0 0 72 0 0 cm BI /W 8 /H 8 /BPC 8 /CS /G ID ${data}\nEI Q 0 0 1 1 k 0 0 9 9 re f`,
  })
  expect(page.coarsestDpi).toBeCloseTo(8, 3)
  expect(page.inkPercent).toBe(200)
})

test('A logo that covers little of the page does not count as the page’s resolution', async () => {
  const page = await pageFactsOf(
    { content: '40 0 0 40 100 100 cm /P Do', resources: '/XObject << /P 100 0 R >>' },
    { 100: picture(4, 4) },
  )
  expect(page.coarsestDpi).toBeUndefined()
})

test('A form that draws itself ends, and what else is on the page is still seen', async () => {
  const page = await pageFactsOf(
    { content: '/Loop Do 0 0 0 1 k 0 0 10 10 re f', resources: '/XObject << /Loop 100 0 R >>' },
    {
      100: ['/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Loop 100 0 R >> >>', '/Loop Do'],
    },
  )
  expect(page.isBlank).toBeUndefined()
  expect(page.inkPercent).toBe(100)
})

test('Rich black that is too wet for paper is told by its sum of inks', async () => {
  const page = await pageFactsOf({ content: '0.9 0.8 0.8 1 k 50 50 100 100 re f' })
  expect(page.inkPercent).toBe(350)
})

test('A colour that is chosen but never painted leaves no ink', async () => {
  const page = await pageFactsOf({ content: '1 1 1 1 k 0 g 50 50 100 100 re f' })
  expect(page.inkPercent).toBeUndefined()
})

test('RGB without a meaning is told, and is not where the page says what RGB means', async () => {
  const content = '1 0 0 rg 0 0 10 10 re f'
  expect((await pageFactsOf({ content })).hasUntaggedRgb).toBe(true)
  const meaning = '[/CalRGB << /WhitePoint [0.95 1 1.09] >>]'
  expect((await pageFactsOf({ content, resources: `/ColorSpace << /DefaultRGB ${meaning} >>` })).hasUntaggedRgb).toBe(
    undefined,
  )
})

test('RGB without a meaning is found in pictures, palettes, shadings and pattern cells', async () => {
  const inPicture = await pageFactsOf(
    { content: '/P Do', resources: '/XObject << /P 100 0 R >>' },
    { 100: picture(3, 3, '/ColorSpace [/Indexed /DeviceRGB 1 <000000ffffff>]') },
  )
  const inShading = await pageFactsOf({
    content: '/S sh',
    resources:
      '/Shading << /S << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 1] /Function << /FunctionType 2 /N 1 /Domain [0 1] >> >> >>',
  })
  const inCell = await pageFactsOf(
    { content: '/Pattern cs /C scn 0 0 100 100 re f', resources: '/Pattern << /C 100 0 R >>' },
    {
      100: [
        '/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 5 5] /XStep 5 /YStep 5 /Resources << >>',
        '1 0 0 rg 0 0 5 5 re f',
      ],
    },
  )
  expect([inPicture, inShading, inCell].map(({ hasUntaggedRgb }) => hasUntaggedRgb)).toEqual([true, true, true])
})

test('See-through settings, blending and soft masks are told; a plain setting is not', async () => {
  const see = async (setting: string) =>
    (
      await pageFactsOf({
        content: '/G gs 0 0 10 10 re f',
        resources: `/ExtGState << /G << ${setting} >> >>`,
      })
    ).hasTransparency
  expect(await see('/ca 0.5')).toBe(true)
  expect(await see('/BM /Multiply')).toBe(true)
  expect(await see('/BM [/Darken /Normal]')).toBe(true)
  expect(await see('/ca 1 /BM /Normal /SMask /None')).toBeUndefined()
})

test('Fonts are told by the worst on the page: embedded, standard, missing', async () => {
  const see = async (font: string) =>
    (await pageFactsOf({ content: 'BT /F 12 Tf 100 400 Td (Word) Tj ET', resources: `/Font << /F ${font} >>` })).fonts
  expect(await see(helvetica)).toBe('standard')
  expect(await see('<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Arial,BoldItalic >>')).toBe('standard')
  expect(await see('<< /Type /Font /Subtype /TrueType /BaseFont /TimesNewRomanPS-BoldMT >>')).toBe('standard')
  expect(await see('<< /Type /Font /Subtype /TrueType /BaseFont /Garamond >>')).toBe('missing')
  expect(
    await see(
      '<< /Type /Font /Subtype /Type0 /BaseFont /Arial /Encoding /Identity-H /DescendantFonts [<< /Subtype /CIDFontType2 /BaseFont /Arial >>] >>',
    ),
  ).toBe('missing')
  expect(
    await see('<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << >> >>'),
  ).toBe('embedded')
})

test('A font that only lies under a scan to be searched need not be there', async () => {
  const page = await pageFactsOf({
    content: 'BT 3 Tr /F 12 Tf 1 1 Td (Word) Tj ET',
    resources: '/Font << /F << /Type /Font /Subtype /TrueType /BaseFont /Garamond >> >>',
  })
  expect(page.fonts).toBeUndefined()
  expect(page.textToSidesMm).toBeUndefined()
  expect(page.smallestTypePt).toBeUndefined()
})

test('Text near the cut is measured from the cut, on each side, and its size as it is printed', async () => {
  const entries = '/MediaBox [0 0 320 420] /TrimBox [10 10 310 410]'
  const resources = `/Font << /F ${helvetica} >>`
  const near = await pageFactsOf({ entries, resources, content: 'BT /F 10 Tf 15.67 200 Td (Word) Tj ET' })
  expect(near.textToSidesMm?.left).toBeCloseTo(2, 1)
  expect(near.textToSidesMm?.bottom).toBeCloseTo((188 * 25.4) / 72, 0)
  expect(near.smallestTypePt).toBe(10)
  expect(near.textBoxes).toHaveLength(1)
  const marks = 'BT /F 6 Tf 100 2 Td (Job name below the trim) Tj 50 200 Td (Word) Tj ET'
  const inside = await pageFactsOf({ entries, resources, content: marks })
  expect(Math.min(...Object.values(inside.textToSidesMm ?? {}))).toBeGreaterThan(40)
  const turned = 'q 0.5 0 0 0.5 0 0 cm BT /F 1 Tf 0 8 -8 0 200 200 Tm (Word) Tj ET Q'
  expect((await pageFactsOf({ entries, resources, content: turned })).smallestTypePt).toBe(4)
})

test('Text that ends near the right edge is found by the widths of its letters', async () => {
  const widths = '/FirstChar 65 /LastChar 65 /Widths [1000]'
  const page = await pageFactsOf({
    entries: '/MediaBox [0 0 300 300]',
    resources: `/Font << /F << /Type /Font /Subtype /TrueType /BaseFont /Arial ${widths} >> >>`,
    content: 'BT /F 10 Tf 1 0 0 1 100 150 Tm [(AAAAAAAAA) -1000 (AAAAAAAAA )] TJ ET',
  })
  expect(page.textToSidesMm?.right).toBeCloseTo((10 * 25.4) / 72, 1)
})

test('A page without a mark, and one painted white, are blank', async () => {
  expect((await pageFactsOf({ content: 'q 1 0 0 1 0 0 cm Q' })).isBlank).toBe(true)
  expect((await pageFactsOf({ content: '1 g 0 0 595 842 re f 0 0 0 0 k 0 0 5 5 re f' })).isBlank).toBe(true)
  expect((await pageFactsOf({ content: '0 0 5 5 re f' })).isBlank).toBeUndefined()
})

const stamp = '/Type /XObject /Subtype /Form /BBox [0 0 10 10] /Resources << >>'

test('Stamps that are marked for printing count, hidden ones and those without a look do not', async () => {
  const annotation = (more: string) => `<< /Type /Annot /Subtype /Stamp /Rect [0 0 50 50] ${more} >>`
  const page = await pageFactsOf(
    {
      entries: `/Annots [${annotation('/F 4 /AP << /N 100 0 R >>')} ${annotation('/F 6 /AP << /N 100 0 R >>')} ${annotation('/F 4')} ${annotation('/F 0 /AP << /N 100 0 R >>')}]`,
    },
    { 100: [stamp, '0 1 0 0 k 0 0 10 10 re f'] },
  )
  expect(page.printedAnnotations).toBe(1)
  expect(page.isBlank).toBeUndefined()
  expect(page.inkPercent).toBe(100)
})

test('A ticked box of a form prints the look of its state', async () => {
  const widget = '/Type /Annot /Subtype /Widget /FT /Btn /Rect [0 0 50 50] /F 4 /AS /Yes'
  const page = await pageFactsOf(
    { entries: `/Annots [<< ${widget} /AP << /N << /Yes 100 0 R /Off 101 0 R >> >> >>]` },
    { 100: [stamp, '0 0 0 0.5 k 0 0 10 10 re f'], 101: [stamp, ''] },
  )
  expect(page.printedAnnotations).toBe(1)
  expect(page.inkPercent).toBe(50)
})

test('Text in a font that no resources name has no font of its own: every program shows another one', async () => {
  const page = await pageFactsOf({
    content: 'BT /F1 20 Tf 50 500 Td (Which font?) Tj ET',
    resources: `/Font << /F2 ${helvetica} >>`,
  })
  expect(page.fonts).toBe('missing')
})

test('Glyphs that are painted with themselves are printed as the picture that viewers show, and not refused', async () => {
  // As ContentStreamCycleType3insideType3.pdf of pdf.js: a glyph, filled with a pattern, in which the glyph’s font is shown.
  const page = await pageFactsOf(
    { content: 'BT /T 20 Tf 50 500 Td (a) Tj ET', resources: '/Font << /T 100 0 R >>' },
    {
      100: `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 97 /LastChar 97
        /Widths [1000] /CharProcs << /rect 101 0 R >> /Encoding << /Type /Encoding /Differences [97 /rect] >>
        /Resources << /Pattern << /P 102 0 R >> >> >>`,
      101: ['', '1000 0 d0 /Pattern cs /P scn 0 0 750 750 re f'],
      102: [
        '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 60 60] /XStep 60 /YStep 60 /Resources << /Font << /T 100 0 R >> >>',
        'BT /T 4 Tf (a) Tj ET',
      ],
    },
  )
  expect(page.needsRaster).toBe(true)
})
