import { describe, expect, test } from 'vitest'
import { layOut } from '../../../../services/processor/fonts/lay-out.ts'
import { subsetOf } from '../../../../services/processor/fonts/subset.ts'
import { typefaceOf } from '../../../../services/processor/fonts/typeface.ts'
import type { Words } from '../../../../services/processor/plan/job-plan.ts'
import { isInstalled, tool, withPrintFile } from './make.ts'

const words: Words = {
  draw: 'words',
  text: 'The Lighthouse',
  box: { xMm: 30, yMm: 50, widthMm: 80, heightMm: 30 },
  isTurned: false,
  maximumSizePt: 40,
  minimumSizePt: 7,
  maximumLines: 2,
  colour: { red: 0, green: 0, blue: 0 },
}
const face = await typefaceOf('SemiBold')
const linesOf = (text: string) => layOut({ ...words, text }, face).lines.map((line) => line.text)

describe('Words', () => {
  test('stay inside their box at any length, turned or not', () => {
    const texts = ['A', 'The Lighthouse', 'long words '.repeat(30), 'Donaudampfschifffahrtsgesellschaft'.repeat(4)]
    for (const text of texts) {
      for (const isTurned of [false, true]) {
        const { lines, sizePt } = layOut({ ...words, text, isTurned }, face)
        const [width, height] = isTurned ? [85.04, 226.77] : [226.77, 85.04]
        expect(lines.length).toBeGreaterThan(0)
        for (const line of lines) {
          expect(line.x).toBeGreaterThanOrEqual(-width / 2 - 0.01)
          expect(line.x + (face.widthOf(line.text) * sizePt) / 1000).toBeLessThanOrEqual(width / 2 + 0.01)
          expect(line.y + 0.91 * sizePt).toBeLessThanOrEqual(height / 2 + 0.01)
          expect(line.y - 0.24 * sizePt).toBeGreaterThanOrEqual(-height / 2 - 0.01)
        }
      }
    }
  })

  test('that are cut short end in an ellipsis, and only those', () => {
    const cut = linesOf('long words '.repeat(60))
    expect(cut).toHaveLength(2)
    expect(cut[0]).not.toContain('…')
    expect(cut[1]).toMatch(/\S…$/)
    expect(linesOf('The Lighthouse').join(' ')).toBe('The Lighthouse')
  })

  test('stand on one line where that costs little of their size, and otherwise on lines of like length', () => {
    const box = { ...words.box, widthMm: 95, heightMm: 45 }
    const lines = (text: string) =>
      layOut({ ...words, box, text, maximumLines: 5 }, face).lines.map((line) => line.text)
    expect(lines('The Lighthouse')).toEqual(['The Lighthouse'])
    const long = lines('A journey through Norway, Sweden, Finland and Denmark in one long summer')
    const widths = long.map((line) => face.widthOf(line))
    expect(long.length).toBeGreaterThan(1)
    expect(Math.min(...widths)).toBeGreaterThan(0.6 * Math.max(...widths))
  })

  test('start at the left edge of their box or stand in its middle, as asked', () => {
    const [left] = layOut({ ...words, align: 'left' }, face).lines
    const { lines, sizePt } = layOut(words, face)
    const [middle] = lines
    expect(left?.x).toBeCloseTo(-113.39, 1)
    expect(middle?.x).toBeCloseTo(-(face.widthOf(middle?.text ?? '') * sizePt) / 2000, 6)
  })

  test('in a script that the typeface lacks are left out and named', () => {
    const missing = (text: string) => layOut({ ...words, text }, face).missing
    expect(missing('Wald 森')).toEqual(['森'])
    expect(layOut({ ...words, text: '森林' }, face)).toMatchObject({ lines: [], missing: ['森', '林'] })
    expect(missing('Größe Λόγος Жизнь Tiếng')).toEqual([])
  })

  test('bring a typeface that is the same to the byte in whatever order they come', async () => {
    const [one, other] = [await subsetOf(face, 'abc äö'), await subsetOf(face, 'öä cba')]
    expect(one.program.equals(other.program)).toBe(true)
    expect(one.name).toMatch(/^[A-Z]{6}\+SourceSerif4-SemiBold$/)
    expect(one.program.length).toBeLessThan(face.program.length / 10)
  })

  test.skipIf(!isInstalled('pdffonts'))('are real text: found by search, their typeface embedded in part', async () => {
    const text = 'Größe Λόγος Жизнь'
    await withPrintFile([], { pages: [[{ ...words, text }]] }, ({ path, codes }) => {
      expect(codes).toEqual([])
      expect(tool('pdffonts', path)).toMatch(/SourceSerif4-SemiBold\s+CID TrueType\s+Identity-H\s+yes yes yes/)
      expect(tool('pdftotext', path, '-')?.replace(/\s+/g, ' ').trim()).toBe(text)
    })
  })
})
