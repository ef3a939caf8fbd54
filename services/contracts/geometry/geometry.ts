import type { Construction, Product } from '../catalogue/product.ts'
import type { Component } from './component.ts'
import { coverOf } from './cover.ts'
import { gutterMmOf } from './gutter.ts'
import { sheetAround } from './sheet.ts'
import { type Spine, spineOf } from './spine-width.ts'

/** Spines are too narrow for text up to this many pages (PRINT-FACTS §3). */
const noSpineTextUpToPages = 80

/** Everything a designer or a processor must know of one product at one page count; lengths in millimetres. */
export type Geometry = {
  readonly sku: string
  readonly pages: number
  /** `pages` rounded up to the product's multiple; the difference is blank pages at the end. */
  readonly printedPages: number
  readonly spine: Spine | undefined
  readonly isSpineTextAllowed: boolean
  readonly gutterMm: number
  readonly components: readonly Component[]
}

type Book = Extract<Construction, { kind: 'book' }>

/** The geometry of `product` with `pages` pages of content. The page count must already be inside the product's range. */
export function geometryOf(product: Product, pages: number): Geometry {
  const { construction } = product
  switch (construction.kind) {
    case 'book':
      return bookGeometry(product, construction, pages)
    case 'canvas':
      return sheetGeometry(product, construction.wrapMm, 1)
    case 'flat':
      return sheetGeometry(product, product.bleedMm, pages)
    case 'folded':
      return foldedGeometry(product)
    default: {
      const never: never = construction
      return never
    }
  }
}

/** Pages after padding with blanks to the multiple that the binding needs. */
export function printedPagesOf(product: Product, pages: number): number {
  const { multiple } = pageRangeOf(product)
  return Math.ceil(pages / multiple) * multiple
}

/** Smallest and largest page count of content that the product takes; both 1 where it is a single side. */
export function pageRangeOf({ construction }: Product): {
  readonly minimum: number
  readonly maximum: number
  readonly multiple: number
} {
  switch (construction.kind) {
    case 'book':
      return construction.pages
    case 'canvas':
      return { minimum: 1, maximum: 1, multiple: 1 }
    case 'flat':
      return { minimum: 1, maximum: construction.sides ?? 1, multiple: 1 }
    case 'folded':
      return { minimum: pagesOfFolded, maximum: pagesOfFolded, multiple: pagesOfFolded }
    default: {
      const never: never = construction
      return never
    }
  }
}

const pagesOfFolded = 4

function bookGeometry(product: Product, book: Book, pages: number): Geometry {
  const printedPages = printedPagesOf(product, pages)
  const spine = book.spine ? spineOf(book.spine, printedPages) : undefined
  const interior = sheetAround(product, {
    component: 'interior',
    pages: printedPages,
    trimWidthMm: product.trimWidthMm,
    trimHeightMm: product.trimHeightMm,
    margins: { horizontalMm: product.bleedMm, verticalMm: product.bleedMm },
    ...(book.headFreeMm === undefined ? {} : { headFreeMm: book.headFreeMm }),
  })
  const cover = coverOf(product, book.cover, spine?.widthMm ?? 0)
  return {
    sku: product.sku,
    pages,
    printedPages,
    spine,
    isSpineTextAllowed: spine !== undefined && printedPages > noSpineTextUpToPages,
    gutterMm: book.binding === 'perfect' || book.hasGutter ? gutterMmOf(printedPages) : 0,
    components: cover ? [interior, cover] : [interior],
  }
}

function sheetGeometry(product: Product, marginMm: number, pages: number): Geometry {
  const sheet = sheetAround(product, {
    component: 'sheet',
    pages,
    trimWidthMm: product.trimWidthMm,
    trimHeightMm: product.trimHeightMm,
    margins: { horizontalMm: marginMm, verticalMm: marginMm },
    panels: (trim) => (product.construction.kind === 'canvas' ? [{ name: 'face', box: trim }] : []),
  })
  return oneSheet(product, pages, sheet)
}

/** One sheet of two printed sides: outside page 4 and page 1, inside page 2 and page 3; the fold is in the middle. */
function foldedGeometry(product: Product): Geometry {
  const { trimWidthMm, trimHeightMm, bleedMm } = product
  const sheet = sheetAround(product, {
    component: 'sheet',
    pages: 2,
    trimWidthMm: 2 * trimWidthMm,
    trimHeightMm,
    margins: { horizontalMm: bleedMm, verticalMm: bleedMm },
    panels: (trim) => [
      { name: 'back', box: { ...trim, widthMm: trimWidthMm } },
      { name: 'front', box: { ...trim, xMm: trim.xMm + trimWidthMm, widthMm: trimWidthMm } },
    ],
    foldsMm: (trim) => [trim.xMm + trimWidthMm],
  })
  return oneSheet(product, pagesOfFolded, sheet)
}

const oneSheet = (product: Product, pages: number, sheet: Component): Geometry => ({
  sku: product.sku,
  pages,
  printedPages: pages,
  spine: undefined,
  isSpineTextAllowed: false,
  gutterMm: 0,
  components: [sheet],
})
