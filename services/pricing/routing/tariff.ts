import type { Product } from '#contracts/catalogue/product.ts'
import { productAt } from '#contracts/facility.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import type { DutyRule, PriceBook, ProductPrice, ShippingRate } from '#contracts/prices/price-book.ts'
import { booksNow } from '../books-now.ts'
import { noRateWords } from '../charge-shipping.ts'
import { type Calendar, calendarOf } from '../delivery-window.ts'
import { dutyRuleOf } from '../duty.ts'
import { placeItem } from '../place-item.ts'
import type { PriceData } from '../price-data.ts'
import { type Route, shippingRateOf } from '../shipping-rate.ts'
import type { Site } from './directory.ts'
import type { NoOffer } from './route-wish.ts'

/** What a site asks for a product. */
export type Line = {
  /** As it is made there, as far as its weight goes; the same one for all who make it with the same spine. */
  readonly product: Product
  readonly base: number
  readonly perHundredPages: number | undefined
  readonly options: ProductPrice['options']
  readonly breaks: ProductPrice['breaks']
  /** Where it was weighed. */
  readonly copyGrams: number | undefined
  readonly productionDays: number | undefined
}

/** How a site sends to a country by a method. */
export type Way = {
  readonly book: PriceBook
  readonly rate: ShippingRate
  readonly calendar: Calendar
  readonly duty: DutyRule | undefined
}

export type LineOf = (site: Site) => Line | NoOffer
export type WayOf = (site: Site) => Way | NoOffer

/** The prices of all sites of a directory in one currency on one day; each looked up when it is asked for at first. */
export type Tariff = {
  readonly linesOf: (product: Product) => LineOf
  readonly waysBy: (route: Route) => WayOf
}

type Data = Pick<PriceData, 'facilities' | 'books' | 'now'>

/** Other currencies and days than these are looked up again: what is kept stays a few megabytes. */
const mostKept = 4
const made = new WeakMap<Data['facilities'], WeakMap<Data['books'], Map<string, Tariff>>>()

/** The tariff of lists that nobody changes, kept as long as they are. */
export function tariffOf(data: Data, currency: CurrencyCode): Tariff {
  const byBooks = made.get(data.facilities) ?? new WeakMap<Data['books'], Map<string, Tariff>>()
  made.set(data.facilities, byBooks)
  const kept = byBooks.get(data.books) ?? new Map<string, Tariff>()
  byBooks.set(data.books, kept)
  const key = `${data.now.toISOString().slice(0, 10)} ${currency}`
  const tariff = kept.get(key) ?? makeTariff(data, currency)
  kept.set(key, tariff)
  const [oldest] = kept.keys()
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  return tariff
}

function makeTariff({ books, now }: Data, currency: CurrencyCode): Tariff {
  const valid = { books, now }
  const bookOf = perSite((site) => booksNow(site.facility.id, valid).find((each) => each.currency === currency))
  return {
    linesOf: perKey(
      ({ sku }) => sku,
      (product) => {
        const asMade = sharingSpines(product)
        return perSite((site) => lineAt(site, product, asMade, currency, valid))
      },
    ),
    waysBy: perKey(
      ({ country, method }) => `${country} ${method}`,
      (route) => perSite((site) => wayAt(site, bookOf(site), route)),
    ),
  }
}

function lineAt(
  { facility }: Site,
  catalogued: Product,
  asMade: (product: Product) => Product,
  currency: CurrencyCode,
  valid: Pick<PriceData, 'books' | 'now'>,
): Line | NoOffer {
  const product = productAt(facility, catalogued)
  if (!product) return { detail: `does not make ${catalogued.sku}`, isPriced: false }
  const { sku } = catalogued
  const placed = placeItem({ index: 0, item: { sku, quantity: 1 }, product, facility }, currency, valid)
  if ('issue' in placed) return { detail: placed.issue.detail, isPriced: false }
  const { base, perHundredPages, options, breaks, copyGrams } = placed.price
  const productionDays = facility.products.find((each) => each.sku === sku)?.productionDays
  return { product: asMade(product), base, perHundredPages, options, breaks, copyGrams, productionDays }
}

function wayAt({ facility }: Site, book: PriceBook | undefined, route: Route): Way | NoOffer {
  if (!book) return { detail: 'has no prices', isPriced: false }
  const rate = shippingRateOf(book, route)
  if (!rate) return { detail: noRateWords(book, route), isPriced: true }
  const calendar = calendarOf(facility.opening, book.shipping.cutOffUtc)
  return { book, rate, calendar, duty: dutyRuleOf({ facility, book }, route.country) }
}

/** Nothing else that a facility does otherwise changes what a copy weighs. */
function sharingSpines(catalogued: Product): (product: Product) => Product {
  const spineOf = ({ construction }: Product): string =>
    construction.kind === 'book' ? JSON.stringify(construction.spine ?? null) : ''
  const known = new Map([[spineOf(catalogued), catalogued]])
  return (product) => {
    const spine = spineOf(product)
    const same = known.get(spine) ?? product
    known.set(spine, same)
    return same
  }
}

/** Asked once for each site. */
function perSite<Value>(find: (site: Site) => Value): (site: Site) => Value {
  const found: (Value | undefined)[] = []
  return (site) => {
    const before = found[site.index]
    if (before !== undefined) return before
    const value = find(site)
    found[site.index] = value
    return value
  }
}

/** Made once for each key. */
function perKey<Wanted, Value>(
  keyOf: (wanted: Wanted) => string,
  make: (wanted: Wanted) => Value,
): (wanted: Wanted) => Value {
  const kept = new Map<string, Value>()
  return (wanted) => {
    const key = keyOf(wanted)
    const value = kept.get(key) ?? make(wanted)
    kept.set(key, value)
    return value
  }
}
