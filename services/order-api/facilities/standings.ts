import { createCache } from '#chassis/cache/cache.ts'
import { keyOfEveryone } from '#chassis/cache/cache-key.ts'
import type { Database } from '#chassis/database.ts'
import type { Log } from '#chassis/log.ts'
import { readStandings, type Standing } from './read-standings.ts'

/** How the facilities stand, as it was at most 15 s ago: however many ask, it is counted once in that time. */
export type Standings = { readonly of: (isTest: boolean) => Promise<ReadonlyMap<string, Standing>> }

export function createStandings(database: Database, now: () => Date, log: Log): Standings {
  const cache = createCache<Standing[]>({
    name: 'facility_standings',
    load: ({ parts }) => readStandings(database, parts.at(-1) === 'test', now()),
    freshMilliseconds: 15_000,
    staleMilliseconds: 0,
    staleOnErrorMilliseconds: 0,
    absentMilliseconds: 0,
    most: { entries: 2 },
    now,
    log,
  })
  return {
    of: async (isTest) => {
      const standings = (await cache.get(keyOfEveryone('facility_standings', isTest ? 'test' : 'live'))) ?? []
      return new Map(standings.map((each) => [each.facilityId, each]))
    },
  }
}
