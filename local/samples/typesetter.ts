import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import fontkit from '@cantoo/fontkit'
import {
  beginText,
  endText,
  moveText,
  PDFArray,
  type PDFDocument,
  type PDFFont,
  PDFNumber,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  popGraphicsState,
  pushGraphicsState,
  rgb,
  setFillingColor,
  setFontAndSize,
} from '@cantoo/pdf-lib'

export type Fonts = { readonly regular: PDFFont; readonly italic: PDFFont; readonly bold: PDFFont }

/** Text of one look: type, size in pt, distance of lines in pt. */
export type Style = { readonly font: PDFFont; readonly size: number; readonly leading: number }

/** One line of a paragraph; the last is not spread to the full width. */
export type Line = { readonly words: readonly string[]; readonly isLast: boolean; readonly indent: number }

/** Embeds Source Serif 4 (SIL Open Font License), only the characters that are used. */
export async function embedFonts(document: PDFDocument): Promise<Fonts> {
  document.registerFontkit(fontkit)
  const require = createRequire(import.meta.url)
  const embed = async (name: string) => {
    const path = require.resolve(`@expo-google-fonts/source-serif-4/${name}/SourceSerif4_${name}.ttf`)
    return document.embedFont(await readFile(path), { subset: true })
  }
  return {
    regular: await embed('400Regular'),
    italic: await embed('400Regular_Italic'),
    bold: await embed('600SemiBold'),
  }
}

/** Breaks a text into lines no wider than `width` pt. */
export function breakLines(text: string, width: number, { font, size }: Style, firstIndent: number): Line[] {
  const space = widthOf(font, ' ', size)
  const lines: Line[] = []
  let words: string[] = []
  let used = firstIndent
  let indent = firstIndent
  for (const word of text.split(' ')) {
    const wide = widthOf(font, word, size)
    if (words.length > 0 && used + space + wide > width) {
      lines.push({ words, isLast: false, indent })
      words = []
      indent = 0
      used = 0
    }
    used += wide + (words.length > 0 ? space : 0)
    words.push(word)
  }
  return [...lines, { words, isLast: true, indent }]
}

/** Sets one line with its baseline at (x, y) pt, spread to `width` unless it is a paragraph's last. */
export function setLine(page: PDFPage, line: Line, x: number, y: number, width: number, { font, size }: Style): void {
  const space = widthOf(font, ' ', size)
  const natural = line.words.reduce((sum, word) => sum + widthOf(font, word, size), 0)
  const gaps = line.words.length - 1
  const gap = line.isLast || gaps === 0 ? space : (width - line.indent - natural) / gaps
  const pieces = PDFArray.withContext(page.doc.context)
  for (const [index, word] of line.words.entries()) {
    if (index > 0) pieces.push(PDFNumber.of((-gap / size) * 1000))
    pieces.push(font.encodeText(word))
  }
  page.pushOperators(
    pushGraphicsState(),
    setFillingColor(rgb(0.09, 0.09, 0.09)),
    beginText(),
    setFontAndSize(page.node.newFontDictionary(font.name, font.ref), size),
    moveText(x + line.indent, y),
    // One operator a line with the gaps as adjustments: word spacing does not reach two-byte fonts.
    PDFOperator.of(PDFOperatorNames.ShowTextAdjusted, [pieces]),
    endText(),
    popGraphicsState(),
  )
}

const widths = new WeakMap<PDFFont, Map<string, number>>()

/** Measured once for each word: a book repeats itself. */
function widthOf(font: PDFFont, text: string, size: number): number {
  const known = widths.get(font) ?? new Map<string, number>()
  widths.set(font, known)
  const unit = known.get(text) ?? font.widthOfTextAtSize(text, 1000)
  known.set(text, unit)
  return (unit * size) / 1000
}
