import type { Construction, Product } from '../catalogue/product.ts'
import { pageRangeOf, printedPagesOf } from '../geometry/geometry.ts'
import { spineOf } from '../geometry/spine-width.ts'
import { paperGsm } from './paper-weight.ts'

type Book = Extract<Construction, { kind: 'book' }>

/** 3 mm grey board (0.63 g/cm³), and a pine bar of 38 × 20 mm (0.5 g/cm³) with its corners. */
const boardGsm = 1900
const barGramsPerMetre = 380
const squareMm = 1_000_000

/**
 * Grams of one copy, whole and never 0: from its papers, its sizes and its pages (blank ones included). The fewest pages count when
 * `pages` is absent. Undefined when the catalogue does not say what it is made of.
 */
export function copyGramsOf(product: Product, pages?: number): number | undefined {
  const grams = gramsOf(product, printedPagesOf(product, pages ?? pageRangeOf(product).minimum))
  return grams === undefined ? undefined : Math.max(1, Math.ceil(grams))
}

function gramsOf(product: Product, printedPages: number): number | undefined {
  const { construction, trimWidthMm: width, trimHeightMm: height, paper } = product
  const sheet = paperGsm(paper.sheet, 'cover')
  switch (construction.kind) {
    case 'book':
      return bookGrams(product, construction, printedPages)
    case 'canvas': {
      const cloth = (width + 2 * construction.wrapMm) * (height + 2 * construction.wrapMm)
      const bars = (2 * (width + height)) / 1000
      return sheet === undefined ? undefined : (cloth / squareMm) * sheet + bars * barGramsPerMetre
    }
    case 'flat':
      return sheet === undefined ? undefined : ((width * height) / squareMm) * sheet
    case 'folded':
      return sheet === undefined ? undefined : ((2 * width * height) / squareMm) * sheet
    default: {
      const never: never = construction
      return never
    }
  }
}

function bookGrams(product: Product, book: Book, printedPages: number): number | undefined {
  const interior = paperGsm(product.paper.interior, 'text')
  const cover = coverGrams(product, book, printedPages)
  if (interior === undefined || cover === undefined) return undefined
  // A calendar shows one page a leaf: its backs are blank.
  const leaves = book.binding === 'wire_o' ? printedPages : printedPages / 2
  return leaves * ((product.trimWidthMm * product.trimHeightMm) / squareMm) * interior + cover
}

function coverGrams(product: Product, { cover, spine, binding }: Book, printedPages: number): number | undefined {
  if (cover.kind === 'self') return 0
  const isCased = binding === 'casewrap' || binding === 'layflat'
  const gsm = paperGsm(product.paper.cover, isCased ? 'text' : 'cover')
  if (gsm === undefined) return undefined
  const { trimWidthMm: width, trimHeightMm: height } = product
  const spineMm = spine ? spineOf(spine, printedPages).widthMm : 0
  const area = ((2 * width + spineMm) * height) / squareMm
  return area * gsm + (isCased ? area * boardGsm : 0)
}
