import { numbersText } from '../assemble/pdf-text.ts'
import type { Words } from '../plan/job-plan.ts'
import { inPoints, type Rectangle } from './matrix.ts'
import { capitalHeightEm, descentEm, type OutlineStep, type Typeface } from './typeface.ts'

/** Content-stream operators that paint the words, and the signs that the typeface does not have. */
export type WrittenWords = { readonly content: string; readonly missing: readonly string[] }

const lineHeightEm = 1.18
const stepPt = 0.5

/**
 * Words as filled outlines: no font to embed, the same bytes every time, nothing for a press to substitute.
 * The largest size at which they fit; at the smallest they are cut with an ellipsis.
 */
export function writeWords(words: Words, face: Typeface): WrittenWords {
  const { text, missing } = printable(words.text, face)
  if (text === '') return { content: '', missing }
  const frame = inPoints(words.box)
  const room = words.isTurned ? { width: frame.height, height: frame.width } : frame
  const { lines, sizePt } = laidOut(text, room, words, face)
  const outlines = lines.flatMap((line, index) => {
    const x = -face.getAdvanceWidth(line, sizePt) / 2
    const y = (capitalHeightEm * sizePt) / 2 + (index - (lines.length - 1) / 2) * lineHeightEm * sizePt
    return face.getPath(line, x, y, sizePt).commands
  })
  const { red, green, blue } = words.colour
  const colour = numbersText([red / 255, green / 255, blue / 255])
  return { content: `q ${colour} rg ${centred(frame, words.isTurned)} cm ${operators(outlines)} f Q`, missing }
}

/** Outlines are y-down around the middle; a turned line reads from the head of the spine to its foot. */
function centred(frame: Rectangle, isTurned: boolean): string {
  const middle = [frame.x + frame.width / 2, frame.y + frame.height / 2]
  return numbersText(isTurned ? [0, -1, -1, 0, ...middle] : [1, 0, 0, -1, ...middle])
}

function printable(text: string, face: Typeface): { readonly text: string; readonly missing: readonly string[] } {
  const signs = [...text.normalize('NFC').replace(/\s+/g, ' ').trim()]
  const missing = [...new Set(signs.filter((sign) => sign !== ' ' && !face.hasChar(sign)))]
  return {
    text: signs
      .filter((sign) => !missing.includes(sign))
      .join('')
      .replace(/ +/g, ' ')
      .trim(),
    missing,
  }
}

type Room = { readonly width: number; readonly height: number }

function laidOut(text: string, room: Room, words: Words, face: Typeface) {
  for (let sizePt = words.maximumSizePt; sizePt >= words.minimumSizePt; sizePt -= stepPt) {
    const lines = broken(text, room.width, sizePt, face)
    if (fits(lines, room, sizePt, words, face)) return { lines, sizePt }
  }
  const sizePt = words.minimumSizePt
  const all = broken(text, room.width, sizePt, face)
  const lines = all.slice(0, words.maximumLines)
  const isCut = (index: number): boolean => index === lines.length - 1 && lines.length < all.length
  return { sizePt, lines: lines.map((line, index) => shortened(line, isCut(index), room.width, sizePt, face)) }
}

function fits(lines: readonly string[], room: Room, sizePt: number, { maximumLines }: Words, face: Typeface): boolean {
  const heightEm = capitalHeightEm + 2 * descentEm + (lines.length - 1) * lineHeightEm
  return (
    lines.length <= maximumLines &&
    heightEm * sizePt <= room.height &&
    lines.every((line) => face.getAdvanceWidth(line, sizePt) <= room.width)
  )
}

/** Greedy lines of whole words. */
function broken(text: string, width: number, sizePt: number, face: Typeface): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && face.getAdvanceWidth(longer, sizePt) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** A line that goes on elsewhere, or is too long for its room, ends in an ellipsis. */
function shortened(line: string, isCut: boolean, width: number, sizePt: number, face: Typeface): string {
  if (!isCut && face.getAdvanceWidth(line, sizePt) <= width) return line
  let text = line
  while (text.length > 1 && face.getAdvanceWidth(`${text}…`, sizePt) > width) text = text.slice(0, -1)
  return `${text.trimEnd()}…`
}

function operators(steps: readonly OutlineStep[]): string {
  let at = { x: 0, y: 0 }
  const out: string[] = []
  for (const step of steps) {
    out.push(operator(step, at))
    if (step.type !== 'Z') at = { x: step.x, y: step.y }
  }
  return out.join(' ')
}

function operator(step: OutlineStep, from: { readonly x: number; readonly y: number }): string {
  switch (step.type) {
    case 'M':
      return `${numbersText([step.x, step.y])} m`
    case 'L':
      return `${numbersText([step.x, step.y])} l`
    case 'C':
      return `${numbersText([step.x1, step.y1, step.x2, step.y2, step.x, step.y])} c`
    case 'Q': {
      // PDF has cubic curves only: the same curve with its control points two thirds of the way.
      const first = [from.x + (2 / 3) * (step.x1 - from.x), from.y + (2 / 3) * (step.y1 - from.y)]
      const second = [step.x + (2 / 3) * (step.x1 - step.x), step.y + (2 / 3) * (step.y1 - step.y)]
      return `${numbersText([...first, ...second, step.x, step.y])} c`
    }
    case 'Z':
      return 'h'
    default: {
      const never: never = step
      return never
    }
  }
}
