import { countryCentres } from '#contracts/countries.ts'
import { defaultRoutingPolicy, type RoutingWeights } from '#contracts/order-api/routing.ts'
import { distanceKm } from '#pricing/distance.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { PricedPart } from '#pricing/price-order.ts'
import {
  costScore,
  dateScore,
  distanceScore,
  loadDays,
  loadScore,
  qualityScore,
  weighed,
} from '#pricing/routing/scores.ts'
import { quotedOffer } from './quoted-offer.ts'

/** How one would write it down at first: everything of every facility, and the best of that. Whole orders alone. */
export function naiveRoute(part: PricedPart, data: PriceData, weights: RoutingWeights = defaultRoutingPolicy.weights) {
  const [latitude, longitude] = countryCentres[part.destination.country] ?? [0, 0]
  const found = data.facilities
    .filter(({ status }) => status === 'open')
    .filter(({ products }) => part.items.every((item) => products.some(({ sku }) => sku === item.sku)))
    .flatMap((facility) => {
      const offer = quotedOffer(facility, part, data)
      const days = loadDays(data.loadOf?.(facility.id), facility.capacity)
      return offer === undefined ? [] : [{ facility, offer, days, km: distanceKm({ latitude, longitude }, facility) }]
    })
    .sort((a, b) => a.km - b.km)
  const reference = found[0]?.offer
  if (!reference) return undefined
  const scored = found.map(({ facility, offer, days, km }) => {
    const scores = {
      distance: distanceScore(km),
      cost: costScore(offer.costMinor, reference.costMinor),
      date: dateScore(offer.promisedDay, reference.promisedDay),
      load: loadScore(days),
      quality: qualityScore(facility.quality),
    }
    return { facility, sum: weighed(scores, weights) }
  })
  return scored.sort((a, b) => b.sum - a.sum)[0]?.facility
}
