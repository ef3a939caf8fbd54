import { type DrawingContext, ean13 } from 'bwip-js/node'
import { expect, test } from 'vitest'
import { type Bar, ean13BarsOf } from '../../../../services/processor/plan/cover/ean-13.ts'

// All ten first digits: each has a pattern of parities of its own.
const codes = [
  ...['0012345678905', '1234567890128', '2012345678900', '3012345678907', '4006381333931', '5901234123457'],
  ...['6001087011006', '7351353000001', '8711253001202', '9783161484100'],
]

test('The bars of an ISBN are those that another generator of barcodes draws', () => {
  for (const code of codes) {
    const sound = code.slice(0, 12) + checkDigitOf(code.slice(0, 12))
    expect(ean13BarsOf(sound)).toEqual(barsByBwip(sound))
  }
})

const checkDigitOf = (twelve: string): number => {
  const sum = [...twelve].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0)
  return (10 - (sum % 10)) % 10
}

/** An even number, so that the middle of a bar is never rounded. */
const pixelsAModule = 2

function barsByBwip(text: string): Bar[] {
  const bars: Bar[] = []
  ean13({ bcid: 'ean13', text, scale: pixelsAModule }, barCollector(bars))
  return bars.toSorted((one, other) => one.from - other.from)
}

/** Bars arrive as upright lines: the middle and the breadth of each. */
const barCollector = (bars: Bar[]): DrawingContext<undefined> => ({
  scale: (x, y) => [x, y],
  measure: () => ({ width: 0, ascent: 0, descent: 0 }),
  init: () => undefined,
  line: (x, _top, _x, _foot, width) => {
    bars.push({ from: (x - width / 2) / pixelsAModule, width: width / pixelsAModule })
  },
  polygon: () => undefined,
  hexagon: () => undefined,
  ellipse: () => undefined,
  fill: () => undefined,
  text: () => undefined,
  end: () => undefined,
})
