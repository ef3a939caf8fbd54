import { type Color, type PDFDocument, type PDFFont, type PDFPage, rgb } from '@cantoo/pdf-lib'
import { left, printableText } from './printable-text.ts'

/** A4 in points. */
export const sheet = { width: 595.28, height: 841.89, margin: 56 } as const
export const ink: Color = rgb(0.11, 0.106, 0.098)
export const gray: Color = rgb(0.36, 0.35, 0.33)

export type Fonts = { readonly regular: PDFFont; readonly bold: PDFFont }
/** Of another typeface, for the signs that it has. */
export type Face = Fonts & { readonly glyphs: ReadonlySet<number> }
export type Style = {
  readonly sizePt?: number
  readonly isBold?: boolean
  readonly color?: Color
  /** x is then the right end. */
  readonly isRight?: boolean
}

/** Writes on the sheets of one document, from the top down. */
export type Pen = {
  readonly doc: PDFDocument
  page: PDFPage
  /** Foot of the line that was written last. */
  y: number
  /** Something could not be written with this typeface. */
  isLacking: boolean
  /** The first one that has a sign writes it. */
  readonly faces: readonly [Face, ...Face[]]
  readonly glyphs: ReadonlySet<number>
}

export function createPen(doc: PDFDocument, faces: readonly [Face, ...Face[]]): Pen {
  const glyphs = new Set(faces.flatMap((face) => [...face.glyphs]))
  return { doc, faces, glyphs, page: doc.addPage([sheet.width, sheet.height]), y: top, isLacking: false }
}

const top = sheet.height - sheet.margin

export function turnPage(pen: Pen): void {
  pen.page = pen.doc.addPage([sheet.width, sheet.height])
  pen.y = top
}

type Run = { readonly font: PDFFont; text: string }

/** The text in pieces of one font each. */
function runsOf({ faces }: Pen, text: string, { isBold = false }: Style): readonly Run[] {
  const runs: Run[] = []
  for (const sign of text) {
    const face = faces.find(({ glyphs }) => glyphs.has(sign.codePointAt(0) ?? 0)) ?? faces[0]
    const font = isBold ? face.bold : face.regular
    const last = runs.at(-1)
    if (last?.font === font) last.text += sign
    else runs.push({ font, text: sign })
  }
  return runs
}

const widthOf = (runs: readonly Run[], sizePt: number): number =>
  runs.reduce((sum, { font, text }) => sum + font.widthOfTextAtSize(text, sizePt), 0)

/** One line at the present height. */
export function write(pen: Pen, text: string, x: number, style: Style = {}): void {
  const { sizePt = 10, color = ink, isRight = false } = style
  const written = printableText(text, pen.glyphs)
  if (written.includes(left)) pen.isLacking = true
  const runs = runsOf(pen, written, style)
  let start = isRight ? x - widthOf(runs, sizePt) : x
  for (const run of runs) {
    pen.page.drawText(run.text, { x: start, y: pen.y, size: sizePt, font: run.font, color })
    start += widthOf([run], sizePt)
  }
}

/** Lines of whole words that are no wider than `widthPt`; a word that is longer is broken. */
export function brokenText(pen: Pen, text: string, widthPt: number, style: Style = {}): readonly string[] {
  const { sizePt = 10 } = style
  const fits = (line: string): boolean => widthOf(runsOf(pen, line, style), sizePt) <= widthPt
  const lines: string[] = []
  for (const word of printableText(text, pen.glyphs).split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer
    else lines.push(...pieces(word, fits))
  }
  if (lines.some((line) => line.includes(left))) pen.isLacking = true
  return lines
}

function pieces(word: string, fits: (line: string) => boolean): readonly string[] {
  if (fits(word)) return [word]
  const found: string[] = ['']
  for (const sign of word) {
    const longer = `${found.at(-1)}${sign}`
    if (fits(longer) || found.at(-1) === '') found[found.length - 1] = longer
    else found.push(sign)
  }
  return found
}

export function rule(pen: Pen): void {
  const { margin, width } = sheet
  const y = pen.y
  pen.page.drawLine({ start: { x: margin, y }, end: { x: width - margin, y }, thickness: 0.5, color: gray })
}
