import type { OrderRouting } from '#contracts/order-api/order-routing.ts'
import type { Candidate } from '#pricing/routing/candidate.ts'
import type { Order } from '../orders/order.ts'

/** How it was decided where an order is made: as it was kept with the order then, and where its items are now. */
export const presentRouting = (order: Order): OrderRouting => ({
  object: 'order_routing',
  order_id: order.id,
  policy: order.routing ?? null,
  items: order.items.map(({ id, product, facilityId }) => ({ item_id: id, sku: product.sku, facility_id: facilityId })),
  is_split: new Set(order.items.map(({ facilityId }) => facilityId)).size > 1,
  recipient_place: order.placeExactness ?? null,
  candidates: order.candidates.map(presentCandidate),
  not_named: {
    make_nothing: order.unnamedCandidates?.makeNothing ?? 0,
    others: order.unnamedCandidates?.others ?? 0,
  },
})

function presentCandidate(candidate: Candidate): OrderRouting['candidates'][number] {
  const { costMinor, currency, promisedBy, loadDays, scores, total } = candidate
  return {
    facility_id: candidate.facilityId,
    chosen: candidate.isChosen,
    reason: candidate.reason,
    can_make: [...candidate.canMake],
    distance_km: candidate.distanceKm,
    ...(costMinor === undefined || currency === undefined ? {} : { cost: { amount: costMinor, currency } }),
    ...(promisedBy === undefined ? {} : { promised_by: promisedBy }),
    ...(loadDays === undefined ? {} : { load_days: loadDays }),
    ...(scores === undefined ? {} : { scores }),
    ...(total === undefined ? {} : { total }),
  }
}
