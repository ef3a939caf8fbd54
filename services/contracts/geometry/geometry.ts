import type { Construction, Product } from '../catalogue/product.ts'
import type { Component } from './component.ts'
import { coverOf } from './cover.ts'
import { gutterMmOf } from './gutter.ts'
import { sheetAround } from './sheet.ts'
import { type Spine, spineOf } from './spine.ts'

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
      return sheetGeometry(product, construction.wrapMm)
    case 'flat':
    case 'folded':
      return sheetGeometry(product, product.bleedMm)
    default: {
      const never: never = construction
      return never
    }
  }
}

/** Pages after padding with blanks to the multiple that the binding needs. */
export function printedPagesOf(product: Product, pages: number): number {
  if (product.construction.kind !== 'book') return 1
  const { multiple } = product.construction.pages
  return Math.ceil(pages / multiple) * multiple
}

/** Smallest and largest page count of content that the product takes; both 1 where it is a single sheet. */
export function pageRangeOf(product: Product): {
  readonly minimum: number
  readonly maximum: number
  readonly multiple: number
} {
  return product.construction.kind === 'book' ? product.construction.pages : { minimum: 1, maximum: 1, multiple: 1 }
}

function bookGeometry(product: Product, book: Book, pages: number): Geometry {
  const printedPages = printedPagesOf(product, pages)
  const spine = book.spine ? spineOf(book.spine, printedPages) : undefined
  const interior = sheetAround(product, {
    component: 'interior',
    pages: printedPages,
    trimWidthMm: product.trimWidthMm,
    trimHeightMm: product.trimHeightMm,
    margins: { horizontalMm: product.bleedMm, verticalMm: product.bleedMm },
  })
  const cover = coverOf(product, book.cover, spine?.widthMm ?? 0)
  return {
    sku: product.sku,
    pages,
    printedPages,
    spine,
    isSpineTextAllowed: spine !== undefined && printedPages > noSpineTextUpToPages,
    gutterMm: book.binding === 'perfect' ? gutterMmOf(printedPages) : 0,
    components: cover ? [interior, cover] : [interior],
  }
}

function sheetGeometry(product: Product, marginMm: number): Geometry {
  const sheet = sheetAround(product, {
    component: 'sheet',
    pages: 1,
    trimWidthMm: product.trimWidthMm,
    trimHeightMm: product.trimHeightMm,
    margins: { horizontalMm: marginMm, verticalMm: marginMm },
    panels: (trim) => (product.construction.kind === 'canvas' ? [{ name: 'face', box: trim }] : []),
  })
  return {
    sku: product.sku,
    pages: 1,
    printedPages: 1,
    spine: undefined,
    isSpineTextAllowed: false,
    gutterMm: 0,
    components: [sheet],
  }
}
