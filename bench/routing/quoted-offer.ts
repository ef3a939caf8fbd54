import { productOf } from '#contracts/catalogue/catalogue.ts'
import { type Facility, productAt } from '#contracts/facility.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'
import { chargeLine } from '#pricing/charge-line.ts'
import { chargeShipping } from '#pricing/charge-shipping.ts'
import { type PlacedItem, placeItem } from '#pricing/place-item.ts'
import { placeTaxOf } from '#pricing/place-tax.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { PricedPart } from '#pricing/price-order.ts'

/** What a facility would quote, as the code of quotes says it; undefined where it has no price or no way. */
export function quotedOffer(facility: Facility, part: PricedPart, data: PriceData) {
  const { items, destination, currency } = part
  const placeTax = placeTaxOf(destination, data.taxes, '')
  const placed: PlacedItem[] = []
  for (const [index, wanted] of items.entries()) {
    const catalogued = productOf(wanted.sku)
    const product = catalogued && productAt(facility, catalogued)
    if (!product) return undefined
    const item = { ...wanted, pages: wanted.pages ?? pageRangeOf(product).minimum }
    const each = placeItem({ index, item, product, facility }, currency, data)
    if ('issue' in each) return undefined
    placed.push(each)
  }
  const [first, ...others] = placed
  if (!first) return undefined
  const lines = placed.map((each) => chargeLine(each, placeTax))
  const wish = { method: 'standard' as const, country: destination.country, placeTax, now: data.now }
  const shipping = chargeShipping([first, ...others], lines, wish)
  if ('detail' in shipping) return undefined
  return {
    costMinor: lines.reduce((sum, { net }) => sum + net, shipping.net),
    promisedDay: Date.parse(shipping.latest) / 86_400_000,
  }
}
