import type { Facility } from '#contracts/facility.ts'
import { distanceKm } from '#pricing/distance.ts'
import { makeDirectory } from '#pricing/routing/directory.ts'
import type { RouteItem, Situation } from '#pricing/routing/route-wish.ts'
import {
  asScore,
  costScore,
  dateScore,
  distanceScore,
  loadDays,
  loadScore,
  qualityScore,
  weighed,
} from '#pricing/routing/scores.ts'

type Place = { readonly latitude: number; readonly longitude: number }

/** Everybody who may have all of the items and has an offer, with all of the scores, the best first: nobody is ruled out beforehand. */
export function naiveRanking(
  facilities: readonly Facility[],
  to: Place,
  items: readonly RouteItem[],
  situation: Situation,
) {
  const all = offersOf(facilities, to, items, situation)
  const free = all.filter(({ days = 0 }) => days <= 10)
  const able = free.length > 0 ? free : all
  const [reference] = able.toSorted((a, b) => a.km - b.km || (a.facility.id < b.facility.id ? -1 : 1))
  if (!reference) return []
  return able
    .map(({ facility, offer, days, km }) => {
      const scores = {
        distance: distanceScore(km),
        cost: costScore(offer.costMinor, reference.offer.costMinor),
        date: dateScore(offer.promisedDay, reference.offer.promisedDay),
        load: loadScore(days),
        quality: qualityScore(facility.quality),
      }
      const sum = weighed(scores, situation.policy.weights)
      return { facilityId: facility.id, km, scores, sum, total: asScore(sum, situation.policy.weights) }
    })
    .sort((a, b) => b.sum - a.sum || a.km - b.km || (a.facilityId < b.facilityId ? -1 : 1))
}

/** The facility of each sku: all to the best that makes all of it, else each to its best where the policy splits; empty where neither can be. */
export function naivePlaces(
  facilities: readonly Facility[],
  to: Place,
  items: readonly RouteItem[],
  situation: Situation,
): ReadonlyMap<string, string> {
  const [whole] = naiveRanking(facilities, to, items, situation)
  if (whole) return new Map(items.map(({ sku }) => [sku, whole.facilityId]))
  if (situation.policy.split === 'never') return new Map()
  const apart = items.flatMap((item) => {
    const [best] = naiveRanking(facilities, to, [item], situation)
    return best ? [[item.sku, best.facilityId] as const] : []
  })
  return new Map(apart.length === items.length ? apart : [])
}

function offersOf(
  facilities: readonly Facility[],
  to: Place,
  items: readonly RouteItem[],
  { policy, offersOf, loadOf, barred }: Situation,
) {
  const { pin, exclude } = policy
  return makeDirectory(facilities).sites.flatMap((site) => {
    const { facility } = site
    const { id, status, products } = facility
    const mayHaveIt = status === 'open' && !exclude.includes(id) && (pin ?? id) === id && !barred?.has(id)
    const makesIt = items.every((item) => products.some(({ sku }) => sku === item.sku))
    if (!mayHaveIt || !makesIt) return []
    const offer = offersOf(items)(site)
    const days = loadDays(loadOf?.(id), facility.capacity)
    return 'detail' in offer ? [] : [{ facility, offer, days, km: distanceKm(to, facility) }]
  })
}
