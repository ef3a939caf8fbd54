import type { Database } from '#chassis/database.ts'
import { Facility } from '#contracts/facility.ts'

/** The facilities as they are now, give or take `staleMilliseconds`. */
export type FacilityDirectory = { readonly all: () => Promise<readonly Facility[]> }

const staleMilliseconds = 15_000
const selectSql = 'select doc as row from facilities order by id'

/** Reads the facilities when asked and at most every 15 s; while a fresh read is under way the known ones serve. */
export function createFacilityDirectory(database: Database, now: () => Date): FacilityDirectory {
  let known: { readonly facilities: readonly Facility[]; readonly atEpochMs: number } | undefined
  let reading: Promise<readonly Facility[]> | undefined
  const read = async (): Promise<readonly Facility[]> => {
    try {
      const facilities = await database.rows(Facility, selectSql)
      known = { facilities, atEpochMs: now().getTime() }
      return facilities
    } finally {
      reading = undefined
    }
  }
  return {
    all: async () => {
      if (known && now().getTime() - known.atEpochMs < staleMilliseconds) return known.facilities
      reading ??= read()
      if (!known) return reading
      // Facilities that were good a moment ago are better than no order: a failed refresh is tried again by the next order.
      reading.catch(() => undefined)
      return known.facilities
    },
  }
}
