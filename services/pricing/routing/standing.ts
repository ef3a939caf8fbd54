import type { Directory, Site } from './directory.ts'
import { distancesTo } from './distances.ts'
import { loadDaysOf } from './loads.ts'
import type { RouteWish, Situation } from './route-wish.ts'
import { loadScore } from './scores.ts'

/** A site with all that is known of it before its prices are asked for. */
export type Standing = {
  readonly site: Site
  readonly distanceKm: number
  readonly loadDays: number | undefined
  /** Its scores for distance, load and quality by their weights: what cost and date come on top of. */
  readonly sum: number
}

/** From tables alone. Each site's is reckoned when it is first asked for. */
export function createStandingOf(
  directory: Directory,
  { to }: Pick<RouteWish, 'to'>,
  { policy: { weights }, loadOf }: Situation,
): (site: Site) => Standing {
  const { km, scores } = distancesTo(to, directory)
  const loads = loadOf && loadDaysOf(loadOf, directory)
  const known: Standing[] = []
  return (site) => {
    const before = known[site.index]
    if (before) return before
    const { index } = site
    const distanceKm = km[index] ?? 0
    const days = loads?.[index]
    const sum =
      weights.distance * (scores[index] ?? 0) + weights.load * loadScore(days) + weights.quality * site.qualityScore
    const standing = { site, distanceKm, loadDays: days, sum }
    known[index] = standing
    return standing
  }
}

export const nearer = (a: Standing, b: Standing): number =>
  a.distanceKm - b.distanceKm || (a.site.facility.id < b.site.facility.id ? -1 : 1)

/** More work than so many days: passed over while another one can. */
const mostLoadDays = 10
export const isOverloaded = ({ loadDays = 0 }: Standing): boolean => loadDays > mostLoadDays
