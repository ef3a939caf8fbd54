import type { RoutingPolicy } from '#contracts/order-api/routing.ts'
import type { Scores } from './candidate.ts'
import type { Part } from './plan.ts'
import { nearer } from './standing.ts'
import { scoresOf } from './weigh.ts'

type Facts = { readonly skus: readonly string[]; readonly policy: RoutingPolicy }

const criteria = ['distance', 'cost', 'date', 'load', 'quality'] as const
const worse = {
  distance: 'farther away',
  cost: 'dearer',
  date: 'later',
  load: 'busier',
  quality: 'of lower quality',
} as const
const better = {
  distance: 'nearer',
  cost: 'cheaper',
  date: 'sooner',
  load: 'less busy',
  quality: 'of higher quality',
} as const

/** In what one is worse than another, what weighs most first. */
const lossesOf = (one: Scores, other: Scores, { weights }: RoutingPolicy) =>
  criteria
    .map((name) => ({ name, loss: (other[name] - one[name]) * weights[name] }))
    .filter(({ loss }) => loss > 0)
    .sort((a, b) => b.loss - a.loss)
    .map(({ name }) => name)

const listed = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words.join('')

const madeWords = (skus: readonly string[], { skus: all }: Facts): string =>
  skus.length === all.length ? 'everything in the order' : skus.join(', ')

/** Why a facility was chosen for these parts. */
export function chosenWords(parts: readonly Part[], facts: Facts): string {
  const skus = parts.flatMap((part) => part.skus)
  const made = madeWords(skus, facts)
  const [part] = parts
  const { best: [chosen] = [], reference, faulty = [] } = part?.contest ?? {}
  if (!part || !chosen || !reference) return `nearest that makes ${made}`
  if (reference.standing === chosen.standing) {
    const passed = [...faulty.map(({ standing }) => standing), ...part.overloaded]
    const isFirst = passed.every((each) => nearer(chosen.standing, each) < 0)
    return isFirst ? `nearest that makes ${made}` : `nearest that makes ${made} and can have it`
  }
  const losses = lossesOf(scoresOf(reference, reference), scoresOf(chosen, reference), facts.policy)
  const gains = losses.map((name) => better[name])
  return `best that makes ${made}: ${listed(gains)} than ${reference.standing.site.facility.id}`
}

/** Why a facility that was weighed for a part does not have it. */
export function lostWords(lost: Scores, won: Scores, part: Part, facts: Facts): string {
  const made = madeWords(part.skus, facts)
  const losses = lossesOf(lost, won, facts.policy).map((name) => worse[name])
  return losses.length === 0
    ? `makes ${made}; among equals distance and name decide`
    : `makes ${made}, but is ${listed(losses)}`
}
