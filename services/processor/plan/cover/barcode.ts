import type { Box } from '#contracts/geometry/box.ts'
import { black, white } from '../colours.ts'
import type { Drawing } from '../job-plan.ts'
import { ean13BarsOf } from './ean-13.ts'

/** The field that distributors ask for: 2 × 1.2 in, half an inch from the trim at least. */
const field = { widthMm: 50.8, heightMm: 30.5, leastFromTrimMm: 12.7 } as const
/** EAN-13 at its nominal size (ISO/IEC 15420): every bar is a whole number of these. */
const moduleMm = 0.33
const modules = 95
const barHeightMm = 18
/** The bars at both ends and in the middle reach this far down between the digits. */
const guardMm = 5 * moduleMm
const digitsMm = 2.8
const isbnLineMm = 3

/** The field at the lower right of a back cover, inside the safe area. */
export function barcodeFieldOn(back: Box, safetyMm: number): Box {
  const { widthMm, heightMm, leastFromTrimMm } = field
  const fromTrimMm = Math.max(leastFromTrimMm, safetyMm)
  return { xMm: back.xMm + back.widthMm - fromTrimMm - widthMm, yMm: back.yMm + fromTrimMm, widthMm, heightMm }
}

/** Its white ground, with the bars of an ISBN-13 where one is given. */
export function barcodeOn(back: Box, barcode: string, safetyMm: number): Drawing[] {
  const box = barcodeFieldOn(back, safetyMm)
  const ground: Drawing = { draw: 'fill', box, colour: white }
  return barcode === 'area' ? [ground] : [ground, ...symbol(barcode, box)]
}

function symbol(isbn: string, box: Box): Drawing[] {
  // The quiet zone is 11 modules before the bars and 7 behind them: the first digit stands in the wider one.
  const left = box.xMm + (box.widthMm - (11 + modules + 7) * moduleMm) / 2 + 11 * moduleMm
  const contentMm = digitsMm + barHeightMm + isbnLineMm + 1
  const foot = box.yMm + (box.heightMm - contentMm) / 2
  const barsFoot = foot + digitsMm
  const bars = ean13BarsOf(isbn).map(({ from, width }): Drawing => {
    const isGuard = from < 3 || from >= modules - 3 || (from >= 45 && from < 50)
    const yMm = isGuard ? barsFoot - guardMm : barsFoot
    const heightMm = barsFoot + barHeightMm - yMm
    return {
      draw: 'fill',
      box: { xMm: left + from * moduleMm, yMm, widthMm: width * moduleMm, heightMm },
      colour: black,
      ink: 'black',
    }
  })
  const at = (from: number, count: number): Box => ({
    xMm: left + from * moduleMm,
    yMm: foot,
    widthMm: count * moduleMm,
    heightMm: digitsMm,
  })
  const line = { ...at(0, modules), yMm: barsFoot + barHeightMm + 1, heightMm: isbnLineMm }
  return [
    ...bars,
    digits(isbn.slice(0, 1), at(-11, 9)),
    digits(isbn.slice(1, 7), at(4, 40)),
    digits(isbn.slice(7), at(51, 40)),
    digits(`ISBN ${isbn}`, line),
  ]
}

const digits = (text: string, box: Box): Drawing => ({
  draw: 'words',
  text,
  box,
  isTurned: false,
  maximumSizePt: 8,
  minimumSizePt: 5,
  maximumLines: 1,
  colour: black,
})
