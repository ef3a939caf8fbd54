import type { Words } from '../plan/job-plan.ts'
import { inPoints, type Rectangle } from '../produce/matrix.ts'
import { capitalHeightEm, descentEm, smallHeightEm, type Typeface } from './typeface.ts'

/** One line: where it begins, from the middle of the box along the way of reading, y upwards. */
export type Line = { readonly text: string; readonly x: number; readonly y: number }
/** Words as they will stand: lines around the middle of `frame` (points), and the signs that the typeface lacks. */
export type LaidOut = {
  readonly lines: readonly Line[]
  readonly sizePt: number
  readonly frame: Rectangle
  readonly missing: readonly string[]
}

const lineHeightEm = 1.18
const stepPt = 0.5

/** The largest size at which the words fit their box; at the smallest they are cut with an ellipsis. */
export function layOut(words: Words, face: Typeface): LaidOut {
  const { text, missing } = printable(words.text, face)
  const frame = inPoints(words.box)
  if (text === '') return { lines: [], sizePt: words.minimumSizePt, frame, missing }
  const room = words.isTurned ? { width: frame.height, height: frame.width } : frame
  const { lines, sizePt } = sized(text, room, words, face)
  const placed = lines.map((line, index) => ({
    text: line,
    x: words.align === 'left' ? -room.width / 2 : -widthPt(line, sizePt, face) / 2,
    y: ((lines.length - 1) / 2 - index) * lineHeightEm * sizePt - eyeHeightEm(line, words) * sizePt,
  }))
  return { lines: placed, sizePt, frame, missing }
}

/**
 * The height of a line's middle above its foot, as the eye sees it. Between two near edges, on a spine, small letters count
 * as much as capitals: centred by capitals alone such a line seems to hang.
 */
function eyeHeightEm(line: string, { isTurned }: Words): number {
  const hasSmallLetters = line !== line.toUpperCase()
  return isTurned && hasSmallLetters ? (capitalHeightEm + smallHeightEm) / 4 : capitalHeightEm / 2
}

function printable(text: string, face: Typeface): { readonly text: string; readonly missing: readonly string[] } {
  const signs = [...text.normalize('NFC').replace(/\s+/g, ' ').trim()]
  const missing = new Set(signs.filter((sign) => sign !== ' ' && !face.hasSign(sign)))
  const kept = signs.map((sign) => (missing.has(sign) ? unmarked(sign, face) : sign)).join('')
  return { text: kept.replace(/ +/g, ' ').trim(), missing: [...missing] }
}

/** A letter without its accents where only with them it is missing; otherwise nothing. */
function unmarked(sign: string, face: Typeface): string {
  const [letter = ''] = sign.normalize('NFD')
  return letter !== '' && face.hasSign(letter) ? letter : ''
}

type Room = { readonly width: number; readonly height: number }

const widthPt = (text: string, sizePt: number, face: Typeface): number => (face.widthOf(text) * sizePt) / 1000

/** A line less is worth type smaller by this much: "The / Lighthouse" is larger in two lines, and worse. */
const lineLessIsWorth = 0.8

type Setting = { readonly lines: readonly string[]; readonly sizePt: number }

function sized(text: string, room: Room, words: Words, face: Typeface): Setting {
  const largest = largestOf(text, room, words, face)
  if (!largest) return cutShort(text, room, words, face)
  let chosen = largest
  for (let maximumLines = largest.lines.length - 1; maximumLines > 0; maximumLines -= 1) {
    const fewer = largestOf(text, room, { ...words, maximumLines }, face)
    if (fewer && fewer.sizePt >= lineLessIsWorth * largest.sizePt) chosen = fewer
  }
  return { ...chosen, lines: balanced(chosen, text, room, face) }
}

function largestOf(text: string, room: Room, words: Words, face: Typeface): Setting | undefined {
  for (let sizePt = words.maximumSizePt; sizePt >= words.minimumSizePt; sizePt -= stepPt) {
    const lines = broken(text, room.width, sizePt, face)
    if (fits(lines, room, sizePt, words, face)) return { lines, sizePt }
  }
  return undefined
}

/** As many lines, as narrow as they can be: so that none is left with one word. */
function balanced({ lines, sizePt }: Setting, text: string, room: Room, face: Typeface): readonly string[] {
  let [narrow, wide, best] = [room.width / lines.length, room.width, lines]
  while (lines.length > 1 && wide - narrow > sizePt / 20) {
    const width = (narrow + wide) / 2
    const tried = broken(text, width, sizePt, face)
    const isEnough = tried.length <= lines.length && tried.every((line) => widthPt(line, sizePt, face) <= width)
    if (isEnough) [wide, best] = [width, tried]
    else narrow = width
  }
  return best
}

function cutShort(text: string, room: Room, words: Words, face: Typeface): Setting {
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
    lines.every((line) => widthPt(line, sizePt, face) <= room.width)
  )
}

/** Greedy lines of whole words. */
function broken(text: string, width: number, sizePt: number, face: Typeface): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && widthPt(longer, sizePt, face) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** A line that goes on elsewhere, or is too long for its room, ends in an ellipsis. */
function shortened(line: string, isCut: boolean, width: number, sizePt: number, face: Typeface): string {
  if (!isCut && widthPt(line, sizePt, face) <= width) return line
  const signs = [...line]
  while (signs.length > 1 && widthPt(`${signs.join('')}…`, sizePt, face) > width) signs.pop()
  return `${signs.join('').trimEnd()}…`
}
