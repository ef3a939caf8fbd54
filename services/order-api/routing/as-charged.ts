import { Refused } from '#chassis/errors.ts'
import type { Charges } from '#contracts/order-api/charges.ts'
import type { OrderRequest } from '#contracts/order-api/order-request.ts'
import { defaultRoutingPolicy } from '#contracts/order-api/routing.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { PricedPart } from '#pricing/price-order.ts'
import type { Candidate } from '#pricing/routing/candidate.ts'
import { type Routed, routeOrder } from '#pricing/routing/route-order.ts'
import type { Decision } from '#pricing/routing/route-wish.ts'

/**
 * Where routing sends it now, or the facilities that the charges were made for: a better one since its quote changes nothing, and neither
 * does another policy. When a facility of the quote no longer takes orders, what is paid already goes to where routing sends it; for all
 * else it throws Refused `quote_expired`.
 */
export function routeAsCharged(
  { sale, shipping_method: method }: Pick<OrderRequest, 'sale' | 'shipping_method'>,
  part: PricedPart,
  data: PriceData,
  charges: Charges | undefined,
): Routed {
  const now = routeOrder(part, method, data)
  const isCharged = ({ facilityOf }: Decision): boolean =>
    (charges?.shipping ?? []).every(({ facility_id, items: places }) =>
      places.every((place) => facilityOf.get(part.items[place]?.sku ?? '')?.id === facility_id),
    )
  if (isCharged(now)) return now
  const wanted = new Set((charges?.shipping ?? []).map(({ facility_id }) => facility_id))
  const facilityOf = quotedFacilities(part, data, charges)
  if (facilityOf)
    return { ...now, facilityOf, candidates: asQuoted(part, method, data, now, wanted), impossible: new Map() }
  if (sale) return now
  throw new Refused(
    'quote_expired',
    `The quote was made for ${[...wanted].join(', ')}, which no longer takes all of it; ask for a new one.`,
  )
}

/** Undefined where one of them is not open, or does not make it any more. */
function quotedFacilities(
  { items }: PricedPart,
  { facilities }: PriceData,
  charges: Charges | undefined,
): Decision['facilityOf'] | undefined {
  const found: Decision['facilityOf'] = new Map(
    (charges?.shipping ?? []).flatMap(({ facility_id, items: places }) => {
      const facility = facilities.find(({ id, status }) => id === facility_id && status === 'open')
      if (!facility) return []
      const makes = (sku: string): boolean => facility.products.some((product) => product.sku === sku)
      return places.flatMap((place) => {
        const sku = items[place]?.sku ?? ''
        return makes(sku) ? [[sku, facility] as const] : []
      })
    }),
  )
  return items.every(({ sku }) => found.has(sku)) ? found : undefined
}

/** The candidates of now, among them those of the quote, with its word. */
function asQuoted(
  part: PricedPart,
  method: OrderRequest['shipping_method'],
  data: PriceData,
  now: Decision,
  wanted: ReadonlySet<string>,
): readonly Candidate[] {
  const facilities = data.facilities.filter(({ id }) => wanted.has(id))
  const quoted = routeOrder(part, method, { ...data, facilities, policy: defaultRoutingPolicy })
  const chosen = quoted.candidates.map(
    (each): Candidate => ({ ...each, isChosen: true, reason: 'where it was quoted to be made' }),
  )
  const others = now.candidates
    .filter(({ facilityId }) => !wanted.has(facilityId))
    .map((each) => (each.isChosen ? { ...each, isChosen: false, reason: 'best now; it was quoted elsewhere' } : each))
  return [...chosen, ...others]
}
