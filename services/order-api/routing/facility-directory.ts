import { createCache } from '#chassis/cache/cache.ts'
import { keyOfEveryone } from '#chassis/cache/cache-key.ts'
import type { Database } from '#chassis/database.ts'
import type { Log } from '#chassis/log.ts'
import { Facility } from '#contracts/facility.ts'

/** The facilities, as they were at most 15 s ago; while the database does not answer, an hour. */
export type FacilityDirectory = { readonly all: () => Promise<readonly Facility[]> }

const selectSql = 'select doc as row from facilities order by id'
const key = keyOfEveryone('facilities')

export function createFacilityDirectory(database: Database, now: () => Date, log: Log): FacilityDirectory {
  const cache = createCache<readonly Facility[]>({
    name: 'facilities',
    load: () => database.rows(Facility, selectSql),
    freshMilliseconds: 10_000,
    staleMilliseconds: 5_000,
    staleOnErrorMilliseconds: 3_600_000,
    absentMilliseconds: 0,
    most: { entries: 1 },
    now,
    log,
  })
  return { all: async () => (await cache.get(key)) ?? [] }
}
