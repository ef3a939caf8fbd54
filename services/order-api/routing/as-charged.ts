import { Refused } from '#chassis/errors.ts'
import type { Facility } from '#contracts/facility.ts'
import type { Charges } from '#contracts/order-api/charges.ts'
import type { OrderRequest } from '#contracts/order-api/order-request.ts'
import { type Routing, routeToNearest } from '#pricing/nearest.ts'

/**
 * The nearest facility, or the one that the charges were made for: a nearer one that opened since its quote changes nothing. When a facility
 * of the quote no longer takes orders, what is paid already goes to the nearest; for all else it throws Refused `quote_expired`.
 */
export function routeAsCharged(
  { recipient, items, sale }: OrderRequest,
  facilities: readonly Facility[],
  charges: Charges | undefined,
): Routing {
  const skus = items.map(({ sku }) => sku)
  const { country } = recipient.address
  const nearest = routeToNearest(facilities, country, skus)
  const isCharged = ({ facilityOf }: Routing): boolean =>
    (charges?.shipping ?? []).every(({ facility_id, items: places }) =>
      places.every((place) => facilityOf.get(skus[place] ?? '')?.id === facility_id),
    )
  if (isCharged(nearest)) return nearest
  const wanted = (charges?.shipping ?? []).map(({ facility_id }) => facility_id)
  const quoted = routeToNearest(
    facilities.filter(({ id }) => wanted.includes(id)),
    country,
    skus,
  )
  if (isCharged(quoted)) return quoted
  if (sale) return nearest
  throw new Refused(
    'quote_expired',
    `The quote was made for ${wanted.join(', ')}, which no longer takes all of it; ask for a new one.`,
  )
}
