import type { Canvas, TextStyle } from './canvas.ts'

/** Lines that fit a box, at the largest of some sizes; at the smallest one what does not fit is cut off with an ellipsis. */
export type FittedText = { readonly lines: readonly string[]; readonly style: TextStyle; readonly leadingPt: number }

const leading = 1.28

export function fittedText(
  canvas: Canvas,
  paragraphs: readonly string[],
  room: { readonly widthPt: number; readonly heightPt: number },
  sizesPt: readonly number[],
  style: Omit<TextStyle, 'sizePt'> = {},
): FittedText {
  let found: FittedText = { lines: [], style: { ...style, sizePt: 0 }, leadingPt: 0 }
  for (const sizePt of sizesPt) {
    const tried = { ...style, sizePt }
    const lines = paragraphs.flatMap((each) => brokenText(canvas, each, room.widthPt, tried))
    found = { lines, style: tried, leadingPt: sizePt * leading }
    if (lines.length * found.leadingPt <= room.heightPt) return found
  }
  const most = Math.max(1, Math.floor(room.heightPt / found.leadingPt))
  const kept = found.lines.slice(0, most)
  return { ...found, lines: [...kept.slice(0, -1), `${kept.at(-1) ?? ''}…`] }
}

/** Writes fitted text from `y` downwards; gives the foot of its last line. */
export function writeFitted(canvas: Canvas, { lines, style, leadingPt }: FittedText, x: number, y: number): number {
  let foot = y
  for (const line of lines) {
    foot += leadingPt
    canvas.text(line, x, foot - leadingPt * 0.24, style)
  }
  return foot
}

/** Lines of whole words that are no wider than `widthPt`; a word that is longer is broken. */
function brokenText(canvas: Canvas, text: string, widthPt: number, style: TextStyle): readonly string[] {
  const fits = (line: string): boolean => canvas.widthOf(line, style) <= widthPt
  const lines: string[] = []
  for (const word of text.split(/\s+/u).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer
    else lines.push(...pieces(word, fits))
  }
  return lines
}

/** The longest beginnings that fit, one after another; of each at least a sign. */
function pieces(word: string, fits: (line: string) => boolean): readonly string[] {
  const found: string[] = []
  let left = [...word]
  while (left.length > 0) {
    let [least, most] = [1, left.length]
    while (least < most) {
      const middle = Math.ceil((least + most) / 2)
      if (fits(left.slice(0, middle).join(''))) least = middle
      else most = middle - 1
    }
    found.push(left.slice(0, least).join(''))
    left = left.slice(least)
  }
  return found
}
