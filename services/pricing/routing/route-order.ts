import { Refused } from '#chassis/errors.ts'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import { type Facility, productAt } from '#contracts/facility.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'
import type { ShippingMethod } from '#contracts/order-api/charges.ts'
import type { PlaceExactness } from '#contracts/order-api/order-routing.ts'
import { defaultRoutingPolicy } from '#contracts/order-api/routing.ts'
import { chargeLine } from '../charge-line.ts'
import { chargeShipping } from '../charge-shipping.ts'
import { type PlacedItem, placeItem } from '../place-item.ts'
import { type PlaceTax, placeTaxOf, untaxed } from '../place-tax.ts'
import { placeOf } from '../places/place-of.ts'
import type { PriceData } from '../price-data.ts'
import type { PricedPart } from '../price-order.ts'
import { decideRoute } from './decide-route.ts'
import { directoryOf } from './directory.ts'
import type { Decision, NoOffer, Offer, OfferOf, RouteItem } from './route-wish.ts'

/** `placeExactness`: how well it is known to where the distances are measured. */
export type Routed = Decision & { readonly placeExactness: PlaceExactness }

/**
 * Where an order is made that is sent by this method: by the policy, the load and the prices of `data`. Items whose facility is settled are
 * left out. `barred`: facilities that may not have it, and why. Pure.
 */
export function routeOrder(
  { items, destination, currency }: PricedPart,
  method: ShippingMethod,
  data: PriceData,
  barred?: ReadonlyMap<string, string>,
): Routed {
  const open = items.filter(({ facilityId }) => facilityId === undefined)
  const to = placeOf(destination)
  const { policy = defaultRoutingPolicy, loadOf } = data
  const offerOf = createOfferOf({ destination, currency }, method, data)
  const situation = { policy, offerOf, loadOf, barred }
  return { ...decideRoute(directoryOf(data.facilities), { to, items: open }, situation), placeExactness: to.exactness }
}

/** What facilities would charge and when it would arrive, by the arithmetic of quotes. */
export function createOfferOf(
  { destination, currency }: Pick<PricedPart, 'destination' | 'currency'>,
  method: ShippingMethod,
  data: PriceData,
): OfferOf {
  const placeTax = taxOf(destination, data)
  const wish = { method, country: destination.country, placeTax, now: data.now }
  return (facility, items): Offer | NoOffer => {
    const placed: PlacedItem[] = []
    for (const [index, item] of items.entries()) {
      const product = madeAt(facility, item)
      if (!product) return { detail: `does not make ${item.sku}`, isPriced: false }
      const each = placeItem({ index, item: counted(item, product), product, facility }, currency, data)
      if ('issue' in each) return { detail: each.issue.detail, isPriced: false }
      placed.push(each)
    }
    const [first, ...others] = placed
    if (!first) return { detail: 'is asked for nothing', isPriced: false }
    const lines = placed.map((each) => chargeLine(each, placeTax))
    const shipping = chargeShipping([first, ...others], lines, wish)
    if ('detail' in shipping) return { detail: shipping.detail, isPriced: true }
    const costMinor = lines.reduce((sum, { net }) => sum + net, shipping.net)
    return { costMinor, currency, promisedBy: shipping.latest }
  }
}

function madeAt(facility: Facility, { sku }: RouteItem) {
  const product = productOf(sku)
  return product && productAt(facility, product)
}

/** As few pages as there can be where nobody says how many: whoever is chosen is asked for them later. A margin is the same everywhere. */
const counted = ({ sku, quantity, pages, options }: RouteItem, product: Parameters<typeof pageRangeOf>[0]) => ({
  ...{ sku, quantity, pages: pages ?? pageRangeOf(product).minimum },
  ...(options === undefined ? {} : { options }),
})

/** Where a tax is not known nobody can be charged; a test order goes its way all the same. */
function taxOf(destination: PricedPart['destination'], { taxes }: PriceData): PlaceTax {
  try {
    return placeTaxOf(destination, taxes, '')
  } catch (error) {
    if (error instanceof Refused) return untaxed
    throw error
  }
}
