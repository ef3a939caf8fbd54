import type { Directory } from './directory.ts'
import type { LoadOf } from './route-wish.ts'
import { loadDays } from './scores.ts'

const made = new WeakMap<LoadOf, WeakMap<Directory, readonly (number | undefined)[]>>()

/** Days of work of all sites of a directory, by index: reckoned once for a load that somebody read, which does not change. */
export function loadDaysOf(loadOf: LoadOf, directory: Directory): readonly (number | undefined)[] {
  const kept = made.get(loadOf) ?? new WeakMap<Directory, readonly (number | undefined)[]>()
  made.set(loadOf, kept)
  const known = kept.get(directory)
  if (known) return known
  const days = directory.sites.map(({ facility: { id, capacity } }) => loadDays(loadOf(id), capacity))
  kept.set(directory, days)
  return days
}
