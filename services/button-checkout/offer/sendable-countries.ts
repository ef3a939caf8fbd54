import type { CurrencyCode } from '#contracts/money.ts'
import { shippingMethods } from '#contracts/order-api/charges.ts'
import { booksNow } from '#pricing/books-now.ts'
import type { PriceData } from '#pricing/price-data.ts'
import { routeOrder } from '#pricing/routing/route-order.ts'
import { shippingRateOf } from '#pricing/shipping-rate.ts'

/** Countries with tax data where whoever makes one of these products sends it to in this currency; by code. */
export function sendableCountries(skus: readonly string[], currency: CurrencyCode, data: PriceData): readonly string[] {
  const known = [...Object.keys(data.taxes.vat), ...Object.keys(data.taxes.salesTax)].sort()
  return known.filter((country) => skus.some((sku) => isSendable(sku, country, currency, data)))
}

function isSendable(sku: string, country: string, currency: CurrencyCode, data: PriceData): boolean {
  const part = { items: [{ sku, quantity: 1 }], destination: { country }, currency }
  return shippingMethods.some((method) => {
    const facility = routeOrder(part, method, data).facilityOf.get(sku)
    const book = facility && booksNow(facility.id, data).find((each) => each.currency === currency)
    if (!book || !Object.hasOwn(book.products, sku)) return false
    return shippingRateOf(book, { country, method }) !== undefined
  })
}

/** The first of `wished` that something can be sent to comes first. */
export function withFirst(countries: readonly string[], wished: readonly (string | undefined)[]): readonly string[] {
  const first = wished.find((country) => country !== undefined && countries.includes(country))
  return first === undefined ? countries : [first, ...countries.filter((each) => each !== first)]
}
