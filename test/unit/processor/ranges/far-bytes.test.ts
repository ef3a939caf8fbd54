import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openFarBytes } from '../../../../services/processor/ranges/far-bytes.ts'
import { type AskedRange, mostRangeBytes, mostRangesAtOnce } from '../../../../services/processor/ranges/frames.ts'

/** A source of so many bytes, with a list of what was asked of it. */
function farSource(sizeBytes: number) {
  const whole = randomBytes(sizeBytes)
  const asked: (readonly AskedRange[])[] = []
  const bytes = openFarBytes({ source: 3, sizeBytes }, (ranges) => {
    asked.push(ranges)
    return ranges.map(({ from, length }) => Buffer.from(whole.subarray(from, from + length)))
  })
  return { whole, asked, bytes }
}

describe('a source that is read where it is stored', () => {
  test('gives the same bytes as a file, whatever is read in whatever order', () => {
    const { whole, bytes, asked } = farSource(3_000_001)
    bytes.expect([0, 70_000, 1_000_000, 1_000_100, 2_999_990])
    const place = fc.integer({ min: -10, max: 3_000_100 })
    const length = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 2_500_000 }))
    fc.assert(
      fc.property(place, length, (from, size) => {
        const [start, end] = [Math.max(0, from), Math.max(0, from + size)]
        expect(bytes.read(from, from + size).equals(whole.subarray(start, end))).toBe(true)
      }),
      { numRuns: 200 },
    )
    for (const { source, from, length: size } of asked.flat()) {
      expect(source).toBe(3)
      expect(size).toBeGreaterThan(0)
      expect(size).toBeLessThanOrEqual(mostRangeBytes)
      expect(from + size).toBeLessThanOrEqual(whole.length)
    }
  })

  test('what was fetched is not fetched again', () => {
    const { bytes, asked } = farSource(1_000_000)
    bytes.read(500, 700)
    bytes.read(100, 900)
    bytes.read(0, 8000)
    expect(asked).toHaveLength(1)
  })

  test('heads that are known to be wanted come together, in a few requests of which none is large', () => {
    const { bytes, asked } = farSource(40_000_000)
    const heads = Array.from({ length: 400 }, (_, index) => index * 100_000)
    bytes.expect(heads)
    for (const head of heads) bytes.read(head, head + 2000)
    expect(asked.length).toBeLessThanOrEqual(3)
    expect(Math.max(...asked.map(({ length }) => length))).toBeLessThanOrEqual(mostRangesAtOnce)
    expect(asked.flat().reduce((sum, { length }) => sum + length, 0)).toBeLessThan(40_000_000 / 5)
  })

  test('neighbours are fetched in one piece', () => {
    const { bytes, asked } = farSource(1_000_000)
    bytes.expect([0, 10_000, 30_000])
    bytes.read(0, 100)
    expect(asked.flat()).toHaveLength(1)
  })
})
