import type { Issue } from '#chassis/errors.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { Facility } from '#contracts/facility.ts'
import { printedPagesOf } from '#contracts/geometry/geometry.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import { copyGramsOf } from '#contracts/prices/copy-weight.ts'
import type { PriceBook, ProductPrice } from '#contracts/prices/price-book.ts'
import { isPricedByPages } from '#contracts/prices/priced-by-pages.ts'
import { booksNow } from './books-now.ts'
import type { PriceData } from './price-data.ts'
import type { PricedItem } from './price-order.ts'

/** An item with who makes it, by which book, and what a copy weighs. */
export type PlacedItem = {
  readonly index: number
  readonly item: PricedItem
  readonly product: Product
  readonly facility: Facility
  readonly book: PriceBook
  readonly price: ProductPrice
  /** Where pages have a price. */
  readonly printedPages: number | undefined
  readonly copyGrams: number
}

/** An item with the facility that makes it, and the product as it makes it. */
export type Made = Pick<PlacedItem, 'index' | 'item' | 'product' | 'facility'>

/** With its price in a currency at the moment of `data`, or why it has none. */
export function placeItem(
  made: Made,
  currency: CurrencyCode,
  data: Pick<PriceData, 'books' | 'now'>,
): PlacedItem | { readonly issue: Issue } {
  const { facility, product, item, index } = made
  const unknown = (detail: string) => ({ issue: { pointer: `/items/${index}/sku`, detail } })
  const books = booksNow(facility.id, data)
  const book = books.find((each) => each.currency === currency)
  if (!book) {
    const has = books.map((each) => each.currency).join(', ') || 'none'
    return unknown(`${facility.id} makes it and has no prices in ${currency}; its currencies: ${has}`)
  }
  const price = Object.hasOwn(book.products, item.sku) ? book.products[item.sku] : undefined
  const copyGrams = price?.copyGrams ?? copyGramsOf(product, item.pages)
  if (!price || copyGrams === undefined) {
    return unknown(`${facility.id} makes it and has no price for it in ${currency}`)
  }
  const isCounted = item.pages !== undefined && isPricedByPages(product)
  const printedPages = isCounted ? printedPagesOf(product, item.pages) : undefined
  return { ...made, book, price, printedPages, copyGrams }
}
