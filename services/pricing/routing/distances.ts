import { kmBetween, pointOf } from '../distance.ts'
import type { Directory } from './directory.ts'
import type { RouteWish } from './route-wish.ts'
import { distanceScore } from './scores.ts'

/** Of all sites of a directory, by index. */
export type Distances = { readonly km: Float64Array; readonly scores: Uint16Array }

/** Orders go to the same places again and again; of a thousand sites this is less than a megabyte. */
const mostKept = 64
const made = new WeakMap<Directory, Map<string, Distances>>()

/** How far it is from each site to a place. */
export function distancesTo({ latitude, longitude }: RouteWish['to'], directory: Directory): Distances {
  const kept = made.get(directory) ?? new Map<string, Distances>()
  made.set(directory, kept)
  const key = `${latitude} ${longitude}`
  const known = kept.get(key)
  if (known) return known
  const to = pointOf({ latitude, longitude })
  const km = Float64Array.from(directory.sites, (site) => kmBetween(to, site))
  const distances = { km, scores: Uint16Array.from(km, distanceScore) }
  kept.set(key, distances)
  const [oldest] = kept.keys()
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  return distances
}
