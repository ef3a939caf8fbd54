import type { Issue } from '#chassis/errors.ts'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { productAt } from '#contracts/facility.ts'
import type { ShippingMethod } from '#contracts/order-api/charges.ts'
import { isPricedByPages } from '#contracts/prices/priced-by-pages.ts'
import { type Made, type PlacedItem, placeItem } from './place-item.ts'
import type { PriceData } from './price-data.ts'
import type { PricedPart } from './price-order.ts'
import { priceUnknown, unacceptable } from './refusals.ts'
import { routeOrder } from './routing/route-order.ts'

/**
 * Who makes each item of an order that is sent by this method, and by which prices. Throws Refused with every fault: `invalid_request` for what the caller left out, else `price_unknown` for what the books
 * leave out.
 */
export function placeItems(part: PricedPart, method: ShippingMethod, data: PriceData): readonly PlacedItem[] {
  const made = madeItems(part, method, data)
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

const pagesMissing = ({ sku }: Product): string =>
  `is required: the price of ${sku} depends on its pages; say how many pages of content the file has, or send a list of images`

function madeItems(part: PricedPart, method: ShippingMethod, data: PriceData): readonly Made[] {
  const { items } = part
  const { facilityOf, impossible } = routeOrder(part, method, data)
  const found = items.map((item, index) => {
    const settled = data.facilities.find(({ id }) => id === item.facilityId)
    const facility = item.facilityId === undefined ? facilityOf.get(item.sku) : settled
    const catalogued = productOf(item.sku)
    const product = facility && catalogued ? productAt(facility, catalogued) : undefined
    return facility && product ? { index, item, product, facility } : index
  })
  const lost = found.flatMap((each) => (typeof each === 'number' ? [each] : []))
  if (lost.length > 0) throw unacceptable(lost.map((index) => unmade(index, items[index]?.sku ?? '', impossible)))
  return found.flatMap((each) => (typeof each === 'number' ? [] : [each]))
}

const unmade = (index: number, sku: string, impossible: ReadonlyMap<string, string>): Issue => ({
  pointer: `/items/${index}/sku`,
  detail: impossible.get(sku) ?? `no open facility makes ${sku} at the moment; choose another product`,
})
