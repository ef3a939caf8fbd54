import type { Product } from '#contracts/catalogue/product.ts'
import { productAt } from '#contracts/facility.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import type { ChargeLine } from '#contracts/order-api/charges.ts'
import type { Margin } from '#contracts/order-api/publication.ts'
import type { FromPrice } from '#contracts/published/prices-document.ts'
import type { TaxTable } from '#contracts/taxes/tax-table.ts'
import { chargeLine } from './charge-line.ts'
import { placeItem } from './place-item.ts'
import { type PlaceTax, placeTaxOf, untaxed } from './place-tax.ts'
import type { PriceData } from './price-data.ts'

export type FromWish = {
  readonly product: Product
  readonly currency: CurrencyCode
  /** Of content; the fewest that the product takes where they are not known. */
  readonly pages?: number | undefined
  readonly options?: Readonly<Record<string, string>> | undefined
  readonly margin?: Margin | undefined
  /** Whose tax is shown. */
  readonly country?: string | undefined
}

/**
 * The least that one copy costs at any open facility that sells it now, by the arithmetic of quotes; with the publisher's margin. Undefined
 * where nobody sells it, or it cannot have so many pages. Pure.
 */
export function fromPrice(wish: FromWish, data: PriceData): FromPrice | undefined {
  const pages = pagesOf(wish)
  if (pages === undefined) return undefined
  const lines = data.facilities
    .filter((facility) => facility.status === 'open' && isPermitted(facility.id, data))
    .flatMap((facility) => lineAt(facility, pages, wish, data) ?? [])
  const [least] = lines.sort((a, b) => a.net - b.net || a.gross - b.gross)
  return least && shownPrice(least, wish, data.taxes)
}

/** Nobody is shown the price of a facility that their order never goes to. */
const isPermitted = (id: string, { policy }: PriceData): boolean =>
  !policy || (!policy.exclude.includes(id) && (!policy.pin || policy.pin === id))

/** Too few are filled up with blank ones, as an order is. */
function pagesOf({ product, pages }: FromWish): number | undefined {
  const { minimum, maximum } = pageRangeOf(product)
  const wanted = Math.max(pages ?? minimum, minimum)
  return wanted > maximum ? undefined : wanted
}

function lineAt(
  facility: PriceData['facilities'][number],
  pages: number,
  { product, currency, options = {}, country, margin }: FromWish,
  data: PriceData,
): ChargeLine | undefined {
  const made = productAt(facility, product)
  if (!made) return undefined
  const item = { sku: product.sku, quantity: 1, pages, options, ...(margin === undefined ? {} : { margin }) }
  const placed = placeItem({ index: 0, item, product: made, facility }, currency, data)
  if ('issue' in placed) return undefined
  const tax = valueAddedTax(country ?? facility.country, data.taxes)
  // How much of it is tax is not known there: neither is what it costs without.
  if (!tax && placed.book.isTaxInclusive) return undefined
  return chargeLine(placed, tax ?? untaxed)
}

/** The tax of a country that has one for all of it: the sales tax of a state is not known from the country alone. */
const valueAddedTax = (country: string, taxes: TaxTable): PlaceTax | undefined =>
  Object.hasOwn(taxes.vat, country) ? placeTaxOf({ country }, taxes, '/country') : undefined

function shownPrice(line: ChargeLine, { currency, country }: FromWish, taxes: TaxTable): FromPrice {
  const isTaxKnown = country !== undefined && Object.hasOwn(taxes.vat, country)
  return {
    amount: line.net,
    currency,
    ...(line.printed_pages === undefined ? {} : { printed_pages: line.printed_pages }),
    ...(isTaxKnown ? { gross: line.gross, country, tax_rate_percent: line.tax.rate_percent } : {}),
  }
}
