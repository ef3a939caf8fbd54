import type { RoutingWeights } from '#contracts/order-api/routing.ts'
import type { Scores } from './candidate.ts'
import { firstOf, inOrder, insertAmong } from './in-order.ts'
import type { NoOffer, Offer, OfferOf } from './route-wish.ts'
import { bestScore, costScore, dateScore, distanceScore, loadScore } from './scores.ts'
import { nearer, type Standing } from './standing.ts'

export type Weighed = {
  readonly standing: Standing
  readonly offer: Offer
  /** All five scores by their weights. */
  readonly sum: number
}
export type Faulty = { readonly standing: Standing; readonly fault: NoOffer }

/** What came of comparing sites for some items. */
export type Contest = {
  /** The best, the winner first. */
  readonly best: readonly Weighed[]
  /** The nearest that has an offer: costs and dates are held against it. */
  readonly reference: Weighed | undefined
  /** All of them where fewer than the best were looked for, and always those that are nearer than the reference. */
  readonly faulty: readonly Faulty[]
}

export type Terms = {
  readonly offerOf: OfferOf
  readonly weights: RoutingWeights
  /** How many of the best are looked for. */
  readonly most: number
}

/**
 * The best of some sites for some items, as weighing all of them would find them: whoever could not come among them even as the cheapest
 * and fastest of all is not asked for its prices. The reference does not depend on the weights: more weight on something never leads to a
 * winner that is worse in it.
 */
export function contest(sites: readonly Standing[], terms: Terms): Contest {
  const { weights, offerOf, most } = terms
  const { offer: against, faulty } = nearestOffer(sites, offerOf)
  if (!against) return { best: [], reference: undefined, faulty }
  const reference = weigh(against.standing, against.offer, against.offer, weights)
  const best = [reference]
  const asked = new Set([against, ...faulty].map(({ standing }) => standing))
  const ask = (standing: Standing): void => {
    const offer = offerOf(standing.site)
    if ('detail' in offer) faulty.push({ standing, fault: offer })
    else insertAmong(best, weigh(standing, offer, reference.offer, weights), most, better)
  }
  // The promising ones first, so that the others have somebody to be measured by.
  for (const standing of firstOf(sites, most, promising)) {
    if (asked.has(standing)) continue
    asked.add(standing)
    ask(standing)
  }
  const open = bestScore * (weights.cost + weights.date)
  for (const standing of sites) {
    const last = best[most - 1]
    const isHopeless = last !== undefined && before(standing.sum + open, standing, last.sum, last.standing) > 0
    if (!isHopeless && !asked.has(standing)) ask(standing)
  }
  return { best, reference, faulty }
}

/** What its sum is made of. */
export const scoresOf = ({ standing, offer }: Weighed, { offer: against }: Weighed): Scores => ({
  distance: distanceScore(standing.distanceKm),
  cost: costScore(offer.costMinor, against.costMinor),
  date: dateScore(offer.promisedDay, against.promisedDay),
  load: loadScore(standing.loadDays),
  quality: standing.site.qualityScore,
})

const weigh = (standing: Standing, offer: Offer, against: Offer, weights: RoutingWeights): Weighed => ({
  standing,
  offer,
  sum:
    standing.sum +
    weights.cost * costScore(offer.costMinor, against.costMinor) +
    weights.date * dateScore(offer.promisedDay, against.promisedDay),
})

/** The higher sum, then the nearer, then the id. */
const before = (aSum: number, a: Standing, bSum: number, b: Standing): number => bSum - aSum || nearer(a, b)
const better = (a: Weighed, b: Weighed): number => before(a.sum, a.standing, b.sum, b.standing)
const promising = (a: Standing, b: Standing): number => before(a.sum, a, b.sum, b)

/** With all that are nearer and have none. */
function nearestOffer(sites: readonly Standing[], offerOf: OfferOf) {
  const faulty: Faulty[] = []
  for (const standing of inOrder(sites, nearer)) {
    const offer = offerOf(standing.site)
    if (!('detail' in offer)) return { offer: { standing, offer }, faulty }
    faulty.push({ standing, fault: offer })
  }
  return { offer: undefined, faulty }
}
