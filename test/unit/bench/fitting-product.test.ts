import { expect, it } from 'vitest'
import { fittingProduct } from '../../../bench/corpus/fitting-product.ts'
import type { PdfPageFacts } from '../../../services/processor/inspect/facts.ts'

const black = { red: 0, green: 0, blue: 0 }
const sizeFor = (width: number, height: number, { userUnit = 1, orientation = 1 } = {}) => {
  const box = { x: 0, y: 0, width, height }
  const page: PdfPageFacts = { media: box, crop: box, orientation, userUnit, printedAnnotations: 0 }
  const look = { isBlank: false, mean: black, edge: black }
  const facts = { kind: 'pdf' as const, pageCount: 1, pages: [page], wasEncrypted: false, wasRepaired: false }
  const { trimWidthMm, trimHeightMm } = fittingProduct({ ...facts, active: [], look })
  return [trimWidthMm, trimHeightMm]
}

it('a page smaller than any product is enlarged in its own proportions, so that nothing of it is cut off', () => {
  expect(sizeFor(59.8, 9.4)).toEqual([expect.closeTo((59.8 / 9.4) * 5, 6), 5])
})

it('a page that counts in larger units, and one that lies on its side, are made as they are seen', () => {
  expect(sizeFor(144, 288, { userUnit: 2, orientation: 6 })).toEqual([expect.closeTo(203.2), expect.closeTo(101.6)])
})
