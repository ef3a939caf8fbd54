import type { RoutingPolicy } from '#contracts/order-api/routing.ts'
import type { Candidate, Unnamed } from './candidate.ts'
import type { Directory, Site } from './directory.ts'
import { type Part, weighedOf } from './plan.ts'
import { chosenWords, lostWords } from './reason-words.ts'
import type { BarOf } from './route-wish.ts'
import { asScore } from './scores.ts'
import { nearer, promising, type Standing, type Weighed } from './weigh.ts'

type Facts = {
  readonly directory: Directory
  readonly skus: readonly string[]
  readonly parts: readonly Part[]
  readonly barOf: BarOf
  readonly standingOf: (site: Site) => Standing
  readonly policy: RoutingPolicy
}

/** Beside the chosen ones. */
export const mostNamed = 12

/** Every facility that makes something of the order is named with its reason or counted; those that make nothing are only counted. */
export function explain(facts: Facts): { readonly candidates: readonly Candidate[]; readonly unnamed: Unnamed } {
  const relevant = relevantSites(facts)
  const chosen = chosenOf(facts)
  const named = new Set(chosen.map(({ facilityId }) => facilityId))
  const others: Candidate[] = []
  for (const candidate of losers(facts, relevant)) {
    if (others.length === mostNamed) break
    if (named.has(candidate.facilityId)) continue
    named.add(candidate.facilityId)
    others.push(candidate)
  }
  return {
    candidates: [...chosen, ...others],
    unnamed: { makeNothing: facts.directory.sites.length - relevant.length, others: relevant.length - named.size },
  }
}

function relevantSites({ directory, skus }: Facts): readonly Site[] {
  const [only] = skus
  if (skus.length === 1 && only !== undefined) return directory.makersOf(only)
  return [...new Set(skus.flatMap((sku) => directory.makersOf(sku)))]
}

function chosenOf(facts: Facts): readonly Candidate[] {
  const sites = new Set(facts.parts.flatMap(({ chosen }) => chosen?.site ?? []))
  return [...sites].map((site) => {
    const parts = facts.parts.filter(({ chosen }) => chosen?.site === site)
    const weighed = parts.flatMap((part) => weighedOf(part, facts.standingOf(site)) ?? [])
    const candidate = candidateOf(facts, facts.standingOf(site), chosenWords(parts, facts), weighed[0])
    const costMinor = weighed.reduce((sum, { offer }) => sum + offer.costMinor, 0)
    return { ...candidate, isChosen: true, ...(weighed.length > 1 ? { costMinor } : {}) }
  })
}

/** Those who came near first: weighed, without an offer, not permitted, not whole, hopeless. */
function* losers(facts: Facts, relevant: readonly Site[]): Generator<Candidate> {
  for (const part of facts.parts) {
    for (const each of part.contest.weighed) yield candidateOf(facts, each, lostWords(each, part, facts), each)
  }
  for (const { contest } of facts.parts) {
    for (const each of contest.faulty.toSorted(nearer)) yield candidateOf(facts, each, each.fault.detail)
  }
  for (const { overloaded } of facts.parts) {
    for (const each of overloaded.toSorted(nearer)) yield candidateOf(facts, each, busyWords(each))
  }
  const barred = relevant.filter(({ facility }) => facts.barOf(facility) !== undefined)
  for (const each of barred.map(facts.standingOf).sort(nearer)) {
    yield candidateOf(facts, each, facts.barOf(each.site.facility) ?? '')
  }
  for (const { contest } of facts.parts) {
    for (const each of contest.hopeless.toSorted(promising))
      yield candidateOf(facts, each, 'makes it, but could not win at any price or date')
  }
  for (const each of relevant.map(facts.standingOf).sort(nearer)) {
    yield candidateOf(facts, each, partialWords(each.site, facts))
  }
}

function candidateOf(facts: Facts, standing: Standing, reason: string, weighed?: Weighed): Candidate {
  const { site, distanceKm, loadDays } = standing
  return {
    facilityId: site.facility.id,
    distanceKm: Math.round(distanceKm),
    canMake: canMake(site, facts.skus),
    isChosen: false,
    reason,
    ...(loadDays === undefined ? {} : { loadDays: Math.round(loadDays * 10) / 10 }),
    ...(weighed
      ? {
          costMinor: weighed.offer.costMinor,
          currency: weighed.offer.currency,
          promisedBy: weighed.offer.promisedBy,
          scores: weighed.scores,
          total: asScore(weighed.sum, facts.policy.weights),
        }
      : {}),
  }
}

const canMake = ({ facility }: Site, skus: readonly string[]): readonly string[] =>
  skus.filter((sku) => facility.products.some((product) => product.sku === sku))

const busyWords = ({ loadDays = 0 }: Standing): string => `is over its capacity: ${Math.round(loadDays)} days of work`

function partialWords(site: Site, { skus }: Facts): string {
  const makes = canMake(site, skus)
  const missing = skus.filter((sku) => !makes.includes(sku))
  return missing.length === 0 ? 'makes it; nobody may have all of it' : `does not make ${missing.join(', ')}`
}
