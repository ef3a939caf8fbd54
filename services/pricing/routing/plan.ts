import type { RouteItem, RouteWish, Situation } from './route-wish.ts'
import { isOverloaded, nearer, type Standing } from './standing.ts'
import { type Contest, contest, type Faulty } from './weigh.ts'

/** Items that go to one facility together, and how that was found. */
export type Part = {
  readonly skus: readonly string[]
  readonly contest: Contest
  /** Passed over for all that they have to do already. */
  readonly overloaded: readonly Standing[]
  /** The winner; where nobody has an offer, whoever is asked to say why not. */
  readonly chosen: Standing | undefined
}

/** Facilities that may have all of some skus. */
export type MakersOf = (skus: readonly string[]) => readonly Standing[]

/** Beside the chosen ones. */
export const mostNamed = 12

/**
 * The whole order to the best facility that makes all of it; where none has a price and a way for that, each sku to the best that makes it,
 * if the policy lets orders be split. Empty where neither can be.
 */
export function planParts(
  wish: RouteWish,
  skus: readonly string[],
  makersOf: MakersOf,
  situation: Situation,
): readonly Part[] {
  const partOf = (some: readonly string[], items: readonly RouteItem[]): Part => {
    const { offersOf, policy } = situation
    // Of each part as many as are named even where every other part was given to one of them.
    const terms = { offerOf: offersOf(items), weights: policy.weights, most: mostNamed + skus.length }
    return bestPart(some, makersOf(some), (among) => contest(among, terms))
  }
  const whole = partOf(skus, wish.items)
  if (whole.contest.reference || skus.length === 1) return whole.chosen ? [whole] : []
  if (situation.policy.split === 'never') return whole.chosen ? [whole] : []
  const parts = skus.map((sku) =>
    partOf(
      [sku],
      wish.items.filter((item) => item.sku === sku),
    ),
  )
  if (parts.every(({ contest: { reference } }) => reference)) return parts
  return whole.chosen ? [whole] : parts.filter(({ chosen }) => chosen)
}

/** The busy are weighed only where none of the others has an offer. */
function bestPart(
  skus: readonly string[],
  makers: readonly Standing[],
  weighed: (among: readonly Standing[]) => Contest,
): Part {
  const overloaded = makers.filter(isOverloaded)
  const free = weighed(overloaded.length === 0 ? makers : makers.filter((each) => !isOverloaded(each)))
  const [winner] = free.best
  if (winner || overloaded.length === 0) {
    return { skus, contest: free, overloaded, chosen: winner?.standing ?? spokesmanOf(free) }
  }
  const busy = weighed(overloaded)
  const all = { ...busy, faulty: [...free.faulty, ...busy.faulty] }
  return { skus, contest: all, overloaded: [], chosen: busy.best[0]?.standing ?? spokesmanOf(all) }
}

/** Nobody can have it: the nearest that at least has a price says what is missing, else the nearest. */
function spokesmanOf({ faulty }: Contest): Standing | undefined {
  const near = faulty.toSorted(byNearness)
  return (near.find(({ fault }) => fault.isPriced) ?? near[0])?.standing
}

export const byNearness = (a: Faulty, b: Faulty): number => nearer(a.standing, b.standing)
