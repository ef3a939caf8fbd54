import { expect, test } from 'vitest'
import { judgePage } from '../../../../services/processor/verify/judge-page.ts'
import { comparedPx, type SourcePictures } from '../../../../services/processor/verify/source-pictures.ts'
import { a5, mirroredPage } from '../produce/make.ts'

const white = 255
const rule = 212
const isRuled = (row: number): boolean => ((row % 8) + 8) % 8 === 0

/** Thin rules on white in every eighth row of the square that pictures are compared at, so many rows further down. */
function ruled(movedRows: number): Buffer {
  const row = comparedPx * 3
  return Buffer.concat(
    Array.from({ length: comparedPx }, (_, y) => Buffer.alloc(row, isRuled(y - movedRows) ? rule : white)),
  )
}

/** A sheet that is all trim; of its edges 3 % are not compared. */
const sheetPx = 800
const outerPx = 24
const rowPx = (sheetPx - 2 * outerPx) / comparedPx
const sheetRows = Array.from({ length: sheetPx }, (_, y) =>
  Buffer.alloc(sheetPx * 4, isRuled(Math.floor((y - outerPx) / rowPx)) ? rule : white),
)
const sheet = { widthPx: sheetPx, heightPx: sheetPx, data: Buffer.concat(sheetRows) }
const trimBox = { xMm: 0, yMm: 0, widthMm: a5.sheetWidthMm, heightMm: a5.sheetHeightMm }
const pages = [[{ ...mirroredPage(1), to: trimBox }]]
const component = { ...a5, outputIntent: 'FOGRA39' as const, trimBox, pages }

async function findingsFor(movedRows: number) {
  const seen: SourcePictures = { of: async () => ruled(movedRows) }
  const { findings, faults } = await judgePage(component, seen, 1, sheet, true)
  return [...findings.map(({ code }) => code), ...faults]
}

test('hairlines that fall into the pixel beside are no disagreement between programs', async () => {
  expect(await findingsFor(0)).toEqual([])
  expect(await findingsFor(1)).toEqual([])
})

test('hairlines that lie elsewhere are told', async () => {
  expect(await findingsFor(4)).toEqual(['RENDERERS_DISAGREE'])
})
