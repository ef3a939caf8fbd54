import { describe, expect, test } from 'vitest'
import { standardFontOf } from '../../../../services/processor/fonts/standard-fonts.ts'
import { onePage } from './hand-written.ts'
import { isInstalled, keptPage, mirroredPage, tool, withPrintFile } from './make.ts'
import { difference, seen } from './render.ts'

const names = [
  ...['Helvetica', 'Helvetica-Bold', 'Helvetica-Oblique', 'Helvetica-BoldOblique', 'Times-Roman', 'Times-Bold'],
  ...['Times-Italic', 'Times-BoldItalic', 'Courier', 'Courier-Bold', 'Courier-Oblique', 'Courier-BoldOblique'],
  ...['Symbol', 'ZapfDingbats', 'Arial,Bold', 'TimesNewRomanPS-BoldItalicMT', 'CourierNew'],
]
const encodingOf = (name: string): string => {
  if (name === 'Symbol' || name === 'ZapfDingbats') return ''
  return name.startsWith('Times')
    ? '/Encoding << /Type /Encoding /Differences [65 /Adieresis /eacute] >>'
    : '/Encoding /WinAnsiEncoding'
}
const fonts = names.map((name, index) => {
  const subtype = /New|Arial/.test(name) ? 'TrueType' : 'Type1'
  return `/F${index} << /Type /Font /Subtype /${subtype} /BaseFont /${name} ${encodingOf(name)} >>`
})
const lines = names.map((_, index) => `/F${index} 18 Tf 1 0 0 1 40 ${540 - index * 30} Tm (ABC abc 123 \\344\\366) Tj`)
/** Every one of the standard 14, and names that Windows gives them; none embedded. */
const specimen = onePage(`BT ${lines.join(' ')} ET`, `/Font << ${fonts.join(' ')} >>`)
const source = { file: 'source-0.pdf', format: 'pdf', bytes: specimen } as const

describe('Fonts that a file names but leaves out', () => {
  for (const [way, base, page] of [
    ['written anew', undefined, mirroredPage(1)],
    ['continued', 0, keptPage(1)],
  ] as const) {
    test.skipIf(!isInstalled('pdffonts'))(`are embedded when they are of the standard 14, ${way}`, async () => {
      const plan = { pages: [[page]], ...(base === undefined ? {} : { base }) }
      await withPrintFile([source], plan, ({ path }) => {
        const listed = (tool('pdffonts', path) ?? '').trim().split('\n').slice(2)
        expect(listed.length).toBeGreaterThanOrEqual(14)
        for (const line of listed) expect(line).toMatch(/ yes (yes|no) /)
      })
    })
  }

  test('look on paper as they did on the screen: same letters at the same places', async () => {
    const before = await seen(specimen, 1, 100)
    const unchanged = { ...keptPage(1), media: { x: 0, y: 0, width: 419.52756, height: 595.27559 } }
    await withPrintFile([source], { pages: [[unchanged]] }, async ({ bytes }) => {
      const after = await seen(bytes, 1, 100)
      expect(after.bitmap.widthPx).toBe(before.bitmap.widthPx)
      // Liberation Sans is drawn a little differently from PDFium's own sans; every line keeps its length.
      expect(difference(before.bitmap, after.bitmap).mean).toBeLessThan(1.5)
    })
  })

  test('are told from their narrow and black cousins, which have other widths', () => {
    expect(standardFontOf('ABCDEF+Arial')?.name).toBe('LiberationSans')
    expect(standardFontOf('Arial-BoldItalicMT')?.name).toBe('LiberationSans-BoldItalic')
    expect(standardFontOf('Times New Roman,Italic')?.name).toBe('ChromSerifOTF-Italic')
    expect(standardFontOf('CourierNewPSMT')?.name).toBe('ChromFixedOTF')
    for (const other of ['ArialNarrow', 'Arial-Black', 'Helvetica-Narrow', 'HelveticaNeue', 'TimesTen', 'Symbola'])
      expect(standardFontOf(other)).toBeUndefined()
  })
})
