import { kmBetween, pointOf } from '../distance.ts'
import type { Scores } from './candidate.ts'
import type { Site } from './directory.ts'
import type { NoOffer, Offer, RouteItem, RouteWish, Situation } from './route-wish.ts'
import { bestScore, costScore, dateScore, distanceScore, loadDays, loadScore, weighed } from './scores.ts'

/** A site with all that is known of it before its prices are asked for. */
export type Standing = {
  readonly site: Site
  readonly distanceKm: number
  readonly loadDays: number | undefined
  /** Not to be beaten: as if it were the cheapest and fastest of all. */
  readonly most: number
}

export type Weighed = Standing & { readonly offer: Offer; readonly scores: Scores; readonly sum: number }
export type Faulty = Standing & { readonly fault: NoOffer }

/** What came of comparing sites for some items. */
export type Contest = {
  readonly winner: Weighed | undefined
  readonly weighed: readonly Weighed[]
  readonly faulty: readonly Faulty[]
  /** Could not win, whatever they cost. */
  readonly hopeless: readonly Standing[]
}

/** More work than so many days: passed over while another one can. */
export const mostLoadDays = 10
export const isOverloaded = (standing: Pick<Standing, 'loadDays'>): boolean => (standing.loadDays ?? 0) > mostLoadDays

/** So many are asked for their prices in any case: whoever reads the decision wants to see what they lost by. */
const leastAsked = 12

/** What is known of a site from tables alone: some hundred nanoseconds. */
export function createStandingOf(
  { to }: RouteWish,
  { policy: { weights }, loadOf }: Situation,
): (site: Site) => Standing {
  const destination = pointOf(to)
  const asked = bestScore * (weights.cost + weights.date)
  return (site) => {
    const distanceKm = kmBetween(destination, site)
    const days = loadOf && loadDays(loadOf(site.facility.id), site.facility.capacity)
    const most =
      weights.distance * distanceScore(distanceKm) +
      weights.load * loadScore(days) +
      weights.quality * site.qualityScore +
      asked
    return { site, distanceKm, loadDays: days, most }
  }
}

export const nearer = (a: Standing, b: Standing): number =>
  a.distanceKm - b.distanceKm || (a.site.facility.id < b.site.facility.id ? -1 : 1)

/**
 * The best of some sites for some items. Beyond the first twelve, prices are asked for only while whoever is next could still win, the most promising
 * first: the winner is the one that weighing all would find. Costs and dates are held against those of the nearest that has an offer, which does not
 * depend on the weights: more weight on something never leads to a winner that is worse in it.
 */
export function contest(sites: readonly Standing[], items: readonly RouteItem[], situation: Situation): Contest {
  const ask = remembering((standing) => situation.offerOf(standing.site.facility, items))
  const reference = referenceOf(sites, ask)
  const found: Weighed[] = []
  const faulty: Faulty[] = []
  let winner: Weighed | undefined
  const askAll = (some: readonly Standing[]): void => {
    for (const standing of some) {
      const offer = ask(standing)
      if ('detail' in offer) {
        faulty.push({ ...standing, fault: offer })
        continue
      }
      const each = weigh(standing, offer, reference ?? offer, situation)
      found.push(each)
      if (!winner || beats(each, winner)) winner = each
    }
  }
  const first = mostPromising(sites)
  askAll(first)
  const asked = new Set(first)
  let rest = sites.filter((each) => !asked.has(each))
  while (rest.length > 0) {
    const least = winner?.sum ?? 0
    const able = mostPromising(winner ? rest.filter(({ most }) => most >= least) : rest)
    if (able.length === 0) break
    askAll(able)
    const done = new Set(able)
    rest = rest.filter((each) => !done.has(each))
  }
  return { winner, weighed: found.sort((a, b) => (beats(a, b) ? -1 : 1)), faulty, hopeless: rest }
}

export const promising = (a: Standing, b: Standing): number => b.most - a.most || nearer(a, b)

/** The first dozen, without sorting the thousand behind them. */
function mostPromising(sites: readonly Standing[]): readonly Standing[] {
  if (sites.length <= leastAsked) return sites.toSorted(promising)
  const best: Standing[] = []
  for (const each of sites) {
    const last = best[leastAsked - 1]
    if (last && promising(each, last) > 0) continue
    const place = best.findIndex((other) => promising(each, other) < 0)
    best.splice(place === -1 ? best.length : place, 0, each)
    if (best.length > leastAsked) best.pop()
  }
  return best
}

const beats = (a: Weighed, b: Weighed): boolean => a.sum > b.sum || (a.sum === b.sum && nearer(a, b) < 0)

function weigh(standing: Standing, offer: Offer, reference: Offer, { policy }: Situation): Weighed {
  const scores: Scores = {
    distance: distanceScore(standing.distanceKm),
    cost: costScore(offer.costMinor, reference.costMinor),
    date: dateScore(offer.promisedBy, reference.promisedBy),
    load: loadScore(standing.loadDays),
    quality: standing.site.qualityScore,
  }
  return { ...standing, offer, scores, sum: weighed(scores, policy.weights) }
}

type Ask = (standing: Standing) => Offer | NoOffer

function referenceOf(sites: readonly Standing[], ask: Ask): Offer | undefined {
  const [nearest] = sites.length > 0 ? [sites.reduce((a, b) => (nearer(a, b) <= 0 ? a : b))] : []
  const first = nearest && ask(nearest)
  if (!first || !('detail' in first)) return first
  for (const each of sites.toSorted(nearer)) {
    const offer = ask(each)
    if (!('detail' in offer)) return offer
  }
  return undefined
}

function remembering(ask: Ask): Ask {
  const known = new Map<number, Offer | NoOffer>()
  return (standing) => {
    const before = known.get(standing.site.index)
    if (before) return before
    const offer = ask(standing)
    known.set(standing.site.index, offer)
    return offer
  }
}
