import { calendars } from './families/calendar.ts'
import { cards } from './families/card.ts'
import { hardcovers } from './families/hardcover.ts'
import { furtherMagazines, magazines } from './families/magazine.ts'
import { furtherPhotoBooks, layflats, photoBooks } from './families/photo-book.ts'
import { a5Softcover, furtherSoftcovers, tradeSoftcover } from './families/softcover.ts'
import { canvas, furtherCanvases, furtherPosters, poster } from './families/wall.ts'
import type { Product } from './product.ts'

/** What this installation sells, the most wanted first. Sizes and page ranges: PRINT-FACTS §1. */
export const catalogue: readonly Product[] = [
  a5Softcover,
  tradeSoftcover,
  ...magazines,
  ...photoBooks,
  canvas(30, 40),
  canvas(60, 90),
  poster('a3', 'A3', 297, 420),
  poster('a2', 'A2', 420, 594),
  poster('50x70', '50 × 70 cm', 500, 700),
  ...layflats,
  ...cards,
  ...calendars,
  ...furtherSoftcovers,
  ...hardcovers,
  ...furtherMagazines,
  ...furtherPhotoBooks,
  ...furtherCanvases,
  ...furtherPosters,
]

const bySku: ReadonlyMap<string, Product> = new Map(catalogue.map((product) => [product.sku, product]))

/** The product with this sku, or undefined. */
export function productOf(sku: string): Product | undefined {
  return bySku.get(sku)
}
