import { describe, expect, it } from 'vitest'
import { differing, type Picture } from '../../../bench/corpus/differing.ts'

const sizePx = 120

/** White paper with black where `isInk` says so. */
function paper(isInk: (x: number, y: number) => boolean): Picture {
  const data = Buffer.alloc(sizePx * sizePx * 4, 255)
  for (let y = 0; y < sizePx; y += 1) {
    for (let x = 0; x < sizePx; x += 1) if (isInk(x, y)) data.fill(0, (y * sizePx + x) * 4, (y * sizePx + x) * 4 + 3)
  }
  return { width: sizePx, height: sizePx, data }
}

const lines = (x: number, y: number): boolean => y % 12 < 4 && x % 7 < 4
const moved = (pixels: number): Picture => paper((x, y) => lines(x - pixels, y))
const mostDiffering = 0.005

describe('a page of the corpus', () => {
  it('looks the same when the grid of pixels falls one pixel beside', () => {
    expect(differing(paper(lines), moved(1))).toBe(0)
  })

  it('looks different when it is moved by more than a pixel', () => {
    expect(differing(paper(lines), moved(2))).toBeGreaterThan(mostDiffering)
  })

  it('looks different when a word is missing or too many, whichever picture it is in', () => {
    const gone = paper((x, y) => lines(x, y) && !(y < 24 && x < 60))
    expect(differing(paper(lines), gone)).toBeGreaterThan(mostDiffering)
    expect(differing(gone, paper(lines))).toBeGreaterThan(mostDiffering)
  })

  it('looks different when a hairline is missing', () => {
    const ruled = paper((_x, y) => y === 40)
    expect(
      differing(
        ruled,
        paper(() => false),
      ),
    ).toBeGreaterThan(mostDiffering)
  })

  it('looks different when its ink has another colour', () => {
    const black = paper(lines)
    const red: Picture = { ...black, data: Buffer.from(black.data) }
    for (let at = 0; at < red.data.length; at += 4) red.data[at] = 255
    expect(differing(black, red)).toBeGreaterThan(mostDiffering)
  })
})
