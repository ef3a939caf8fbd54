import type { Site } from './directory.ts'
import type { RouteItem, RouteWish, Situation } from './route-wish.ts'
import { type Contest, contest, isOverloaded, nearer, type Standing, type Weighed } from './weigh.ts'

/** Items that go to one facility together, and how that was found. */
export type Part = {
  readonly skus: readonly string[]
  readonly contest: Contest
  /** Passed over for all that they have to do already. */
  readonly overloaded: readonly Standing[]
  /** The winner; where nobody has an offer, whoever is asked to say why not. */
  readonly chosen: Standing | undefined
}

/** Facilities that may have it, for each sku. */
export type Permitted = ReadonlyMap<string, readonly Standing[]>

/**
 * The whole order to the best facility that makes all of it; where none has a price and a way for that, each sku to the best that makes it,
 * if the policy lets orders be split. Empty where neither can be.
 */
export function planParts(wish: RouteWish, permitted: Permitted, situation: Situation): readonly Part[] {
  const skus = [...permitted.keys()]
  const whole = partOf(skus, wholeMakers(permitted), wish.items, situation)
  if (whole.contest.winner || skus.length === 1) return whole.chosen ? [whole] : []
  if (situation.policy.split === 'never') return whole.chosen ? [whole] : []
  const parts = skus.map((sku) => {
    const items = wish.items.filter((item) => item.sku === sku)
    return partOf([sku], permitted.get(sku) ?? [], items, situation)
  })
  if (parts.every(({ contest: { winner } }) => winner)) return parts
  return whole.chosen ? [whole] : parts.filter(({ chosen }) => chosen)
}

function wholeMakers(permitted: Permitted): readonly Standing[] {
  const [first = [], ...others] = permitted.values()
  return others.reduce((makers, standings) => {
    const makes: true[] = []
    for (const { site } of standings) makes[site.index] = true
    return makers.filter(({ site }) => makes[site.index])
  }, first)
}

function partOf(
  skus: readonly string[],
  makers: readonly Standing[],
  items: readonly RouteItem[],
  situation: Situation,
): Part {
  const overloaded = makers.filter(isOverloaded)
  const free = contest(
    overloaded.length === 0 ? makers : makers.filter((each) => !isOverloaded(each)),
    items,
    situation,
  )
  if (free.winner || overloaded.length === 0) {
    return { skus, contest: free, overloaded, chosen: free.winner ?? spokesmanOf(free) }
  }
  const busy = contest(overloaded, items, situation)
  const all = { ...busy, faulty: [...free.faulty, ...busy.faulty] }
  return { skus, contest: all, overloaded: [], chosen: busy.winner ?? spokesmanOf(all) }
}

/** Nobody can have it: the nearest that at least has a price says what is missing, else the nearest. */
function spokesmanOf({ faulty }: Contest): Standing | undefined {
  const near = faulty.toSorted(nearer)
  return near.find(({ fault }) => fault.isPriced) ?? near[0]
}

/** Each site's standing, computed when it is first asked for. */
export function rememberStandings(standingOf: (site: Site) => Standing): (site: Site) => Standing {
  const known: Standing[] = []
  return (site) => {
    const before = known[site.index]
    if (before) return before
    const standing = standingOf(site)
    known[site.index] = standing
    return standing
  }
}

export const weighedOf = (part: Part, { site }: Standing): Weighed | undefined =>
  part.contest.weighed.find((each) => each.site === site)
