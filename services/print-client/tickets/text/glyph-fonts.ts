import type { Font, Glyph } from '@cantoo/fontkit'
import { PDFArray, type PDFDocument, PDFName, PDFNumber, type PDFRef } from '@cantoo/pdf-lib'

/** Where a glyph is found on the page: name of the font resource and code in it. */
export type GlyphPlace = { readonly name: string; readonly code: number }

/**
 * Every glyph that a document shows, once, as an outline (Type 3 fonts, ISO 32000-1, 9.6.5): the typefaces come as WOFF2 with axes, which
 * PDF does not take, and glyphs of every alphabet are placed by their shaper. The text stays text, to be searched and copied.
 */
export type GlyphFonts = {
  readonly placeOf: (font: Font, glyph: Glyph, isBold: boolean) => GlyphPlace
  /** Writes the fonts into the document; gives the page's font resources. */
  readonly write: () => ReadonlyMap<string, PDFRef>
}

type Used = { readonly font: Font; readonly glyph: Glyph; readonly isBold: boolean }
const mostGlyphs = 256
/** Units of an em in which outlines are written. */
const em = 1000

export function createGlyphFonts(doc: PDFDocument): GlyphFonts {
  const used: Used[] = []
  const places = new Map<Font, Map<string, GlyphPlace>>()
  return {
    placeOf: (font, glyph, isBold) => {
      const ofFont = places.get(font) ?? new Map<string, GlyphPlace>()
      places.set(font, ofFont)
      const key = `${glyph.id}${isBold}`
      const known = ofFont.get(key)
      if (known) return known
      const place = { name: `F${Math.floor(used.length / mostGlyphs)}`, code: used.length % mostGlyphs }
      used.push({ font, glyph, isBold })
      ofFont.set(key, place)
      return place
    },
    write: () => {
      const fonts = new Map<string, PDFRef>()
      for (let first = 0; first < used.length; first += mostGlyphs) {
        fonts.set(`F${first / mostGlyphs}`, writeFont(doc, used.slice(first, first + mostGlyphs)))
      }
      return fonts
    },
  }
}

function writeFont(doc: PDFDocument, used: readonly Used[]): PDFRef {
  const { context } = doc
  const names = used.map((_, code) => PDFName.of(`g${code}`))
  const procs = context.obj({})
  for (const [code, each] of used.entries()) {
    procs.set(PDFName.of(`g${code}`), context.register(context.flateStream(outline(each))))
  }
  const differences = PDFArray.withContext(context)
  for (const each of [PDFNumber.of(0), ...names]) differences.push(each)
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type3',
      FontBBox: [0, 0, 0, 0],
      FontMatrix: [1 / em, 0, 0, 1 / em, 0, 0],
      FirstChar: 0,
      LastChar: used.length - 1,
      Widths: used.map((each) => rounded(each.glyph.advanceWidth, each)),
      Encoding: { Type: 'Encoding', Differences: differences },
      CharProcs: procs,
      Resources: {},
      ToUnicode: context.register(context.flateStream(toUnicode(used))),
    }),
  )
}

const rounded = (value: number, { font }: Used): number => Math.round((value * em) / font.unitsPerEm)

/** Bold is the outline and a line around it, as wide as this. */
const boldUnits = 34

/** `d1`: the colour is the text's. */
function outline(used: Used): string {
  const { glyph, isBold } = used
  const of = (values: readonly number[]): string => values.map((value) => rounded(value, used)).join(' ')
  const width = of([glyph.advanceWidth])
  const { commands, bbox } = glyph.path
  if (commands.length === 0) return `${width} 0 0 0 0 0 d1`
  const room = isBold ? boldUnits : 0
  const lines = [`${width} 0 ${of([bbox.minX - room, bbox.minY - room, bbox.maxX + room, bbox.maxY + room])} d1`]
  let at: readonly number[] = [0, 0]
  for (const { command, args } of commands) {
    lines.push(pathOperator(command, args, at, of))
    if (command !== 'closePath') at = args.slice(-2)
  }
  lines.push(isBold ? `${boldUnits} w 1 j B` : 'f')
  return lines.join('\n')
}

type Command = Glyph['path']['commands'][number]['command']

function pathOperator(
  command: Command,
  args: readonly number[],
  [fromX = 0, fromY = 0]: readonly number[],
  of: (values: readonly number[]) => string,
): string {
  const [a = 0, b = 0, c = 0, d = 0] = args
  const third = (from: number, to: number): number => from + (2 / 3) * (to - from)
  switch (command) {
    case 'moveTo':
      return `${of(args)} m`
    case 'lineTo':
      return `${of(args)} l`
    case 'bezierCurveTo':
      return `${of(args)} c`
    case 'quadraticCurveTo':
      // PDF knows cubic curves only.
      return `${of([third(fromX, a), third(fromY, b), third(c, a), third(d, b), c, d])} c`
    case 'closePath':
      return 'h'
    default:
      return command satisfies never
  }
}

function toUnicode(used: readonly Used[]): string {
  const hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex')
  const rows = used.flatMap(({ glyph }, code) =>
    glyph.codePoints.length === 0
      ? []
      : [`<${code.toString(16).padStart(2, '0')}> <${hex(String.fromCodePoint(...glyph.codePoints))}>`],
  )
  // A CMap holds 100 rows a block.
  const blocks = Array.from({ length: Math.ceil(rows.length / 100) }, (_, index) =>
    rows.slice(index * 100, index * 100 + 100),
  )
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CMapName /Printcloud def /CMapType 2 def',
    '1 begincodespacerange <00> <ff> endcodespacerange',
    ...blocks.map((block) => `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`),
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n')
}
