import { type StandardFont, standardFontOf } from '../fonts/standard-fonts.ts'
import { encodingOf, standardWidthOf } from '../fonts/standard-metrics.ts'
import type { PdfFile } from '../pdf/pdf-file.ts'
import { type PdfArray, type PdfDict, PdfName, type PdfValue } from '../pdf/values.ts'
import { dictOf, name } from './own-object.ts'
import type { Supplies } from './supplies.ts'

const simple = ['Type1', 'TrueType', 'MMType1']
const programs = ['FontFile', 'FontFile2', 'FontFile3']
const codes = 256

/**
 * A font that is named but not embedded, and that we have a stand-in for: the same dictionary with the program embedded,
 * the same widths, the same glyph at every code. Undefined for every other dictionary.
 */
export function mendedFont(dict: PdfDict, file: PdfFile, supplies: Supplies): PdfDict | undefined {
  if (!dict.has('BaseFont') || !simple.includes(file.name(dict.get('Subtype')) ?? '')) return undefined
  const descriptor = file.dict(dict.get('FontDescriptor'))
  if (descriptor && programs.some((key) => descriptor.has(key))) return undefined
  const font = standardFontOf(file.name(dict.get('BaseFont')) ?? '')
  if (!font) return undefined
  const glyphs = glyphsOf(dict, file, font)
  return dictOf({
    Type: name('Font'),
    Subtype: name(font.format === 'cff' ? 'Type1' : 'TrueType'),
    BaseFont: name(font.name),
    ...widthsOf(dict, file, glyphs, font),
    Encoding: encodingFor(glyphs, font),
    FontDescriptor: descriptorOf(font, supplies),
    ToUnicode: dict.get('ToUnicode'),
  })
}

/** The glyph's name at every code, by the font's own encoding and its differences. */
function glyphsOf(dict: PdfDict, file: PdfFile, font: StandardFont): readonly string[] {
  const own = file.dict(dict.get('Encoding'))
  const glyphs = [...baseGlyphs(dict, file, font)]
  let code = 0
  for (const entry of file.array(own?.get('Differences')) ?? []) {
    const value = file.resolve(entry)
    if (typeof value === 'number') code = value
    else if (value instanceof PdfName) {
      if (code >= 0 && code < codes) glyphs[code] = value.text
      code += 1
    }
  }
  return glyphs
}

function baseGlyphs(dict: PdfDict, file: PdfFile, font: StandardFont): readonly string[] {
  if (font.isSymbolic) return encodingOf(font.metrics ?? '') ?? []
  const encoding = dict.get('Encoding')
  const wanted = file.name(encoding) ?? file.name(file.dict(encoding)?.get('BaseEncoding'))
  // Windows writes TrueType fonts without an encoding when it means its own.
  const isWindows = encoding === undefined && file.name(dict.get('Subtype')) === 'TrueType'
  return encodingOf(wanted ?? '') ?? encodingOf(isWindows ? 'WinAnsiEncoding' : 'StandardEncoding') ?? []
}

/** Differences from the one encoding that fonts of every kind share: no reader has to guess. */
function encodingFor(glyphs: readonly string[], font: StandardFont): PdfValue {
  const base = font.isSymbolic ? [] : (encodingOf('WinAnsiEncoding') ?? [])
  const differences: PdfValue[] = []
  let last = -2
  for (const [code, glyph] of glyphs.entries()) {
    if (glyph === base[code] || (font.isSymbolic && glyph === '.notdef')) continue
    if (code !== last + 1) differences.push(code)
    differences.push(name(glyph))
    last = code
  }
  if (!font.isSymbolic && differences.length === 0) return name('WinAnsiEncoding')
  return dictOf({
    Type: name('Encoding'),
    BaseEncoding: font.isSymbolic ? undefined : name('WinAnsiEncoding'),
    Differences: differences,
  })
}

/** The author's widths where there are some: the lines were broken by them. */
function widthsOf(dict: PdfDict, file: PdfFile, glyphs: readonly string[], font: StandardFont) {
  const own = file.array(dict.get('Widths'))
  const [first, last] = [file.number(dict.get('FirstChar')), file.number(dict.get('LastChar'))]
  if (own && first !== undefined && last !== undefined && own.length === last - first + 1)
    return { FirstChar: first, LastChar: last, Widths: own }
  const widths: PdfArray = Array.from({ length: codes }, (_, code) => standardWidthOf(font, glyphs[code] ?? '.notdef'))
  return { FirstChar: 0, LastChar: codes - 1, Widths: widths }
}

/** Flags of ISO 32000-1, table 123. */
const flags = { fixed: 1, serif: 2, symbolic: 4, nonsymbolic: 32, italic: 64, forceBold: 262_144 } as const

function descriptorOf(font: StandardFont, supplies: Supplies): PdfDict {
  const set = [
    font.metrics === undefined ? flags.fixed : 0,
    font.isSerif ? flags.serif : 0,
    font.isSymbolic ? flags.symbolic : flags.nonsymbolic,
    font.isItalic ? flags.italic : 0,
    font.isBold ? flags.forceBold : 0,
  ]
  return dictOf({
    Type: name('FontDescriptor'),
    FontName: name(font.name),
    Flags: set.reduce((sum, flag) => sum + flag, 0),
    FontBBox: [-250, -300, 1200, 1000],
    ItalicAngle: font.isItalic ? -12 : 0,
    Ascent: 750,
    Descent: -250,
    CapHeight: 700,
    StemV: font.isBold ? 140 : 85,
    [font.format === 'cff' ? 'FontFile3' : 'FontFile2']: supplies.standardProgram(font),
  })
}
