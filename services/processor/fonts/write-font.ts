import { deflateSync } from 'node:zlib'
import { numbersText } from '../assemble/pdf-text.ts'
import type { ObjectNumber, PdfWriter } from '../pdf/pdf-writer.ts'
import type { Subset } from './subset.ts'
import { ascentEm, capitalHeightEm, descentEm } from './typeface.ts'

/** Text as a font of `writeFont` shows it: two bytes a sign, in hexadecimal. */
export const codesOf = (text: string, subset: Subset): string =>
  [...text].map((sign) => hex(glyphOf(sign, subset))).join('')

const glyphOf = (sign: string, { sfnt }: Subset): number => sfnt.glyphOf(sign.codePointAt(0) ?? 0)
const hex = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0')

/** Type 0 font with two-byte codes that are glyph numbers, and the way back to characters for search and copy. */
export function writeFont(subset: Subset, writer: PdfWriter): ObjectNumber {
  const { program, name, sfnt, signs } = subset
  const file = writer.reserve()
  writer.putStream(file, `/Length1 ${program.length} /Filter /FlateDecode`, deflateSync(program))
  const descriptor = writer.reserve()
  const heights = `/Ascent ${ascentEm * 1000} /Descent ${-descentEm * 1000} /CapHeight ${capitalHeightEm * 1000}`
  writer.put(
    descriptor,
    `<< /Type /FontDescriptor /FontName /${name} /Flags 6 /FontBBox [${numbersText(sfnt.box)}] /ItalicAngle 0 ` +
      `${heights} /StemV 110 /FontFile2 ${file} 0 R >>`,
  )
  const glyphs = signs.map((sign) => glyphOf(sign, subset)).toSorted((one, other) => one - other)
  const widths = glyphs.map((glyph) => `${glyph} [${sfnt.widthOf(glyph)}]`).join(' ')
  const descendant = writer.reserve()
  writer.put(
    descendant,
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDToGIDMap /Identity /DW 0 /W [${widths}] ` +
      `/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor ${descriptor} 0 R >>`,
  )
  const unicode = writer.reserve()
  writer.putStream(unicode, '/Filter /FlateDecode', deflateSync(Buffer.from(toUnicode(subset), 'latin1')))
  const font = writer.reserve()
  writer.put(
    font,
    `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] ` +
      `/ToUnicode ${unicode} 0 R >>`,
  )
  return font
}

/** A CMap takes at most a hundred mappings a block (ISO 32000-1, 9.10.3). */
const mappingsPerBlock = 100

function toUnicode(subset: Subset): string {
  const rows = subset.signs.map((sign) => {
    const utf16 = Buffer.from(sign, 'utf16le').swap16().toString('hex').toUpperCase()
    return `<${hex(glyphOf(sign, subset))}> <${utf16}>`
  })
  const blocks: string[] = []
  for (let from = 0; from < rows.length; from += mappingsPerBlock) {
    const block = rows.slice(from, from + mappingsPerBlock)
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`)
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <FFFF> endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n')
}
