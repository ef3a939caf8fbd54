import { repeat } from '#chassis/repeat.ts'
import type { Running } from '#chassis/run.ts'
import { countFigures } from './figures.ts'
import { type Watch, watchFacilities } from './watch-facilities.ts'

/** Silence begins after 15 minutes: half a minute more or less is the same. */
const watchEveryMilliseconds = 30_000
const countEveryMilliseconds = 3_600_000

/** Watches over facilities until `signal` aborts, and counts their figures every hour. Any number of workers may do so. */
export function startFacilityWatch({ signal, ...watch }: Watch & { readonly signal: AbortSignal }): Running {
  const { database, log, now } = watch
  const regularly = (name: string, everyMilliseconds: number, work: () => Promise<unknown>) =>
    repeat({ name, everyMilliseconds, signal, log, work: async () => void (await work()) })
  const working = [
    regularly('watch_facilities', watchEveryMilliseconds, () => watchFacilities(watch)),
    regularly('count_figures', countEveryMilliseconds, () => countFigures(database, now())),
  ]
  return { drain: async () => void (await Promise.all(working)) }
}
