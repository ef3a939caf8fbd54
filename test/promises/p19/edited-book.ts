import type { PriceBook } from '#contracts/prices/price-book.ts'
import { localPriceBooks } from '../../../local/prices/local-price-books.ts'

/** A book of the test facilities with other prices. */
export function editedBook(place: number, percent: number): PriceBook {
  const book = localPriceBooks[place % localPriceBooks.length]
  if (!book) throw new Error('There are no price books')
  const part = (amount: number): number => Math.max(1, Math.round((amount * percent) / 100))
  const products = Object.entries(book.products).map(([sku, price]) => [sku, { ...price, base: part(price.base) }])
  return { ...book, products: Object.fromEntries(products) }
}
