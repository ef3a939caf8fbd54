import type { Issue } from '#chassis/errors.ts'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { type Facility, productAt } from '#contracts/facility.ts'
import { printedPagesOf } from '#contracts/geometry/geometry.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import { copyGramsOf } from '#contracts/prices/copy-weight.ts'
import type { PriceBook, ProductPrice } from '#contracts/prices/price-book.ts'
import { isPricedByPages } from '#contracts/prices/priced-by-pages.ts'
import { booksNow } from './books-now.ts'
import { routeToNearest } from './nearest.ts'
import type { PriceData } from './price-data.ts'
import type { PricedItem, PricedPart } from './price-order.ts'
import { priceUnknown, unacceptable } from './refusals.ts'

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

/** Throws Refused with every fault: `invalid_request` for what the caller left out, else `price_unknown` for what the books leave out. */
export function placeItems(part: PricedPart, data: PriceData): readonly PlacedItem[] {
  const made = madeItems(part, data)
  const pages = made.flatMap(({ item, product, index }) =>
    item.pages === undefined && isPricedByPages(product)
      ? [{ pointer: `/items/${index}/pages`, detail: pagesMissing(product) }]
      : [],
  )
  if (pages.length > 0) throw unacceptable(pages)
  const placed = made.map((each) => placeItem(each, part.currency, data))
  const unknown = placed.flatMap((each) => ('issue' in each ? [each.issue] : []))
  if (unknown.length > 0) throw priceUnknown(unknown)
  return placed.flatMap((each) => ('issue' in each ? [] : [each]))
}

/** An item with the facility that makes it, and the product as it makes it. */
export type Made = Pick<PlacedItem, 'index' | 'item' | 'product' | 'facility'>

const pagesMissing = ({ sku }: Product): string =>
  `is required: the price of ${sku} depends on its pages; say how many pages of content the file has, or send a list of images`

function madeItems({ items, destination }: PricedPart, { facilities }: PriceData): readonly Made[] {
  const open = items.filter(({ facilityId }) => facilityId === undefined).map(({ sku }) => sku)
  const { facilityOf } = routeToNearest(facilities, destination.country, open)
  const found = items.map((item, index) => {
    const settled = facilities.find(({ id }) => id === item.facilityId)
    const facility = item.facilityId === undefined ? facilityOf.get(item.sku) : settled
    const catalogued = productOf(item.sku)
    const product = facility && catalogued ? productAt(facility, catalogued) : undefined
    return facility && product ? { index, item, product, facility } : index
  })
  const lost = found.flatMap((each) => (typeof each === 'number' ? [each] : []))
  if (lost.length > 0) throw unacceptable(lost.map((index) => unmade(index, items[index]?.sku ?? '')))
  return found.flatMap((each) => (typeof each === 'number' ? [] : [each]))
}

const unmade = (index: number, sku: string): Issue => ({
  pointer: `/items/${index}/sku`,
  detail: `no open facility makes ${sku} at the moment; choose another product`,
})

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
