import type { ShippingMethod } from '#contracts/order-api/charges.ts'
import type { PlaceExactness } from '#contracts/order-api/order-routing.ts'
import { defaultRoutingPolicy } from '#contracts/order-api/routing.ts'
import { placeOf } from '../places/place-of.ts'
import type { PriceData } from '../price-data.ts'
import type { PricedPart } from '../price-order.ts'
import { decideRoute } from './decide-route.ts'
import { directoryOf } from './directory.ts'
import { createOffersOf } from './offers.ts'
import type { Decision } from './route-wish.ts'

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
  const offersOf = createOffersOf({ destination, currency }, method, data)
  const situation = { policy, offersOf, loadOf, barred }
  return { ...decideRoute(directoryOf(data.facilities), { to, items: open }, situation), placeExactness: to.exactness }
}
