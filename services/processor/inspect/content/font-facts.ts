import type { PdfFile } from '../../pdf/pdf-file.ts'
import type { PdfDict, PdfStream, PdfValue } from '../../pdf/values.ts'
import type { FontUse, Marks } from './marks.ts'

/** A font as the scanner needs it. Widths are in thousandths of the size; undefined where the file does not say. */
export type Font = {
  readonly use: FontUse
  readonly bytesPerGlyph: 1 | 2
  readonly widthOf: (code: number) => number | undefined
  /** What glyphs that are content of their own (Type 3) are made of. */
  readonly kinds: Marks | undefined
}

const mostGlyphs = 256
const mostWidths = 20_000
const fontFiles = ['FontFile', 'FontFile2', 'FontFile3']
/** The standard 14, and the names under which Windows programs mean them. */
const standard =
  /^(?:Times-Roman|Symbol|ZapfDingbats|(?:Helvetica|Courier|Times|Arial|TimesNewRoman|CourierNew)(?:PS)?(?:MT)?(?:[,-](?:Bold|Italic|Oblique|BoldItalic|BoldOblique|Roman|Regular))?(?:MT)?)$/

/** `read` looks into the glyphs of a Type 3 font. */
export function fontOf(file: PdfFile, dict: PdfDict, read: (glyphs: readonly PdfStream[]) => Marks): Font {
  const subtype = file.name(dict.get('Subtype'))
  const name = (file.name(dict.get('BaseFont')) ?? file.name(dict.get('Name')) ?? 'unnamed').replace(/^[A-Z]{6}\+/, '')
  const simple = { bytesPerGlyph: 1, widthOf: simpleWidths(file, dict), kinds: undefined } as const
  if (subtype === 'Type3') {
    const use = { name, supply: 'embedded' } as const
    return { ...simple, use, widthOf: scaledWidths(file, dict), kinds: read(glyphsOf(file, dict)) }
  }
  if (subtype === 'Type0') return composite(file, dict, name)
  const supply = isEmbedded(file, dict) ? 'embedded' : standard.test(name.replaceAll(' ', '')) ? 'standard' : 'missing'
  return { ...simple, use: { name, supply } }
}

/** Its codes mean glyphs of the very font that was left out: no other font can stand in, whatever its name. */
function composite(file: PdfFile, dict: PdfDict, name: string): Font {
  const descendant = file.dict(file.array(dict.get('DescendantFonts'))?.[0])
  const supply = descendant && isEmbedded(file, descendant) ? 'embedded' : 'missing'
  const isAcross = file.name(dict.get('Encoding')) === 'Identity-H'
  const widthOf = isAcross && descendant ? compositeWidths(file, descendant) : () => undefined
  return { use: { name, supply }, bytesPerGlyph: 2, widthOf, kinds: undefined }
}

function isEmbedded(file: PdfFile, font: PdfDict): boolean {
  const descriptor = file.dict(font.get('FontDescriptor'))
  return descriptor !== undefined && fontFiles.some((key) => file.stream(descriptor.get(key)) !== undefined)
}

function glyphsOf(file: PdfFile, dict: PdfDict): PdfStream[] {
  return [...(file.dict(dict.get('CharProcs'))?.values() ?? [])].slice(0, mostGlyphs).flatMap((glyph) => {
    const stream = file.stream(glyph)
    return stream ? [stream] : []
  })
}

function scaledWidths(file: PdfFile, dict: PdfDict): Font['widthOf'] {
  const scale = file.number(file.array(dict.get('FontMatrix'))?.[0]) ?? 0.001
  const widthOf = simpleWidths(file, dict)
  return (code) => (widthOf(code) ?? 0) * scale * 1000
}

function simpleWidths(file: PdfFile, dict: PdfDict): Font['widthOf'] {
  const first = file.number(dict.get('FirstChar')) ?? 0
  const widths = file
    .array(dict.get('Widths'))
    ?.slice(0, 256)
    .map((width) => file.number(width))
  return (code) => widths?.[code - first]
}

/** `W`: either a first code and its list of widths, or a first code, a last one and one width. */
function compositeWidths(file: PdfFile, descendant: PdfDict): Font['widthOf'] {
  const usual = file.number(descendant.get('DW')) ?? 1000
  const widths = new Map<number, number>()
  const entries: readonly PdfValue[] = file.array(descendant.get('W')) ?? []
  for (let place = 0; place < entries.length && widths.size < mostWidths; ) {
    const from = file.number(entries[place]) ?? 0
    const list = file.array(entries[place + 1])
    const run = list?.map((width) => file.number(width) ?? usual) ?? sameWidths(file, from, entries, place)
    for (const [index, width] of run.entries()) widths.set(from + index, width)
    place += list ? 2 : 3
  }
  return (code) => widths.get(code) ?? usual
}

function sameWidths(file: PdfFile, from: number, entries: readonly PdfValue[], place: number): number[] {
  const last = file.number(entries[place + 1]) ?? from
  const count = Math.min(Math.max(0, last - from + 1), mostWidths)
  return Array.from({ length: count }, () => file.number(entries[place + 2]) ?? 0)
}
