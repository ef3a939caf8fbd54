import type { RoutingPolicy } from '#contracts/order-api/routing.ts'
import { dateOf } from '../delivery-window.ts'
import type { Candidate, Unnamed } from './candidate.ts'
import type { Directory, Site } from './directory.ts'
import { inOrder } from './in-order.ts'
import { byNearness, mostNamed, type Part } from './plan.ts'
import { chosenWords, lostWords } from './reason-words.ts'
import type { BarOf } from './route-wish.ts'
import { asScore } from './scores.ts'
import { nearer, type Standing } from './standing.ts'
import { scoresOf, type Weighed } from './weigh.ts'

type Facts = {
  readonly directory: Directory
  readonly skus: readonly string[]
  readonly parts: readonly Part[]
  readonly barOf: BarOf
  readonly standingOf: (site: Site) => Standing
  readonly policy: RoutingPolicy
}

/** Every facility that makes something of the order is named with its reason or counted; those that make nothing are only counted. */
export function explain(facts: Facts): { readonly candidates: readonly Candidate[]; readonly unnamed: Unnamed } {
  const relevant = facts.directory.makersOfAny(facts.skus)
  const candidates = [...chosenOf(facts)]
  const most = candidates.length + mostNamed
  const named = new Set(candidates.map(({ facilityId }) => facilityId))
  for (const { standing, name } of losers(facts, relevant)) {
    if (named.size === most) break
    if (named.has(standing.site.facility.id)) continue
    named.add(standing.site.facility.id)
    candidates.push(name())
  }
  return {
    candidates,
    unnamed: { makeNothing: facts.directory.sites.length - relevant.length, others: relevant.length - named.size },
  }
}

function chosenOf(facts: Facts): readonly Candidate[] {
  const all = new Set(facts.parts.flatMap(({ chosen }) => chosen ?? []))
  return [...all].map((standing) => {
    const parts = facts.parts.filter(({ chosen }) => chosen === standing)
    const won = parts.filter(({ contest: { best } }) => best.length > 0)
    const costMinor = won.reduce((sum, { contest: { best } }) => sum + (best[0]?.offer.costMinor ?? 0), 0)
    return {
      ...candidateOf(facts, standing, chosenWords(parts, facts)),
      ...(won[0] ? figuresOf(facts, won[0].contest.best[0], won[0]) : {}),
      isChosen: true,
      ...(won.length > 1 ? { costMinor } : {}),
    }
  })
}

/** `name` makes the record of it: most are never named. */
type Loser = { readonly standing: Standing; readonly name: () => Candidate }

/** Those who came near first: weighed, without an offer, not permitted, not whole. */
function* losers(facts: Facts, relevant: readonly Site[]): Generator<Loser> {
  for (const part of facts.parts) {
    for (const each of part.contest.best) {
      yield { standing: each.standing, name: () => weighedCandidate(facts, each, part) }
    }
  }
  const saying = (standing: Standing, reason: string): Loser => ({
    standing,
    name: () => candidateOf(facts, standing, reason),
  })
  for (const { contest } of facts.parts) {
    for (const { standing, fault } of inOrder(contest.faulty, byNearness)) yield saying(standing, fault.detail)
  }
  for (const { overloaded } of facts.parts) {
    for (const each of inOrder(overloaded, nearer)) yield saying(each, busyWords(each))
  }
  const barred = relevant.filter((site) => facts.barOf(site) !== undefined)
  for (const each of inOrder(barred.map(facts.standingOf), nearer)) {
    yield saying(each, facts.barOf(each.site) ?? '')
  }
  for (const each of inOrder(relevant.map(facts.standingOf), nearer)) {
    yield saying(each, partialWords(each.site, facts))
  }
}

function weighedCandidate(facts: Facts, weighed: Weighed, part: Part): Candidate {
  const { reference = weighed, best } = part.contest
  const [winner = weighed] = best
  const words = lostWords(scoresOf(weighed, reference), scoresOf(winner, reference), part, facts)
  return { ...candidateOf(facts, weighed.standing, words), ...figuresOf(facts, weighed, part) }
}

/** Of those that have an offer. */
function figuresOf({ policy }: Facts, weighed: Weighed | undefined, { contest: { reference } }: Part) {
  if (!weighed || !reference) return {}
  const { costMinor, currency, promisedDay } = weighed.offer
  const scores = scoresOf(weighed, reference)
  return { costMinor, currency, promisedBy: dateOf(promisedDay), scores, total: asScore(weighed.sum, policy.weights) }
}

function candidateOf({ directory, skus }: Facts, standing: Standing, reason: string): Candidate {
  const { site, distanceKm, loadDays } = standing
  return {
    facilityId: site.facility.id,
    distanceKm: Math.round(distanceKm),
    canMake: skus.filter((sku) => directory.makes(site, sku)),
    isChosen: false,
    reason,
    ...(loadDays === undefined ? {} : { loadDays: Math.round(loadDays * 10) / 10 }),
  }
}

const busyWords = ({ loadDays = 0 }: Standing): string => `is over its capacity: ${Math.round(loadDays)} days of work`

function partialWords(site: Site, { skus, directory }: Facts): string {
  const missing = skus.filter((sku) => !directory.makes(site, sku))
  return missing.length === 0 ? 'makes it; nobody may have all of it' : `does not make ${missing.join(', ')}`
}
