import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { isoTime } from '../store/order-rows.ts'
import { heardSql } from './client-presence.ts'
import { Figures } from './figures.ts'
import { waitingSql } from './waiting-jobs.ts'

const when = Type.Union([Type.String(), Type.Null()])
const count = Type.Integer({ minimum: 0 })

/** How one facility stands, in one world. */
export const Standing = Type.Object({
  facilityId: Type.String(),
  clients: count,
  lastHeardAt: when,
  jobs: count,
  unclaimed: count,
  oldestJobAt: when,
  oldestUnclaimedAt: when,
  /** Of the job that a print client took and of which nothing new was heard for the longest. */
  oldestMovedAt: when,
  /** Null: not counted yet. */
  figures: Type.Union([Figures, Type.Null()]),
})
export type Standing = Static<typeof Standing>

const standingsSql = `
  with ${heardSql}, ${waitingSql}
  select jsonb_build_object('facilityId', f.id, 'clients', coalesce(h.clients, 0), 'lastHeardAt', ${isoTime('h.at')},
    'jobs', coalesce(w.jobs, 0), 'unclaimed', coalesce(w.unclaimed, 0), 'oldestJobAt', ${isoTime('w.oldest_at')},
    'oldestUnclaimedAt', ${isoTime('w.oldest_unclaimed_at')},
    'oldestMovedAt', ${isoTime('w.oldest_moved_at')}, 'figures', g.doc) as row
  from facilities f
  left join heard h on h.facility_id = f.id
  left join waiting w on w.facility_id = f.id and w.is_test = :isTest::boolean
  left join facility_figures g on g.facility_id = f.id and g.is_test = :isTest::boolean
  order by f.id`

/** How every facility stands in one world, as of now. */
export const readStandings = (database: Database, isTest: boolean, now: Date): Promise<Standing[]> =>
  database.rows(Standing, standingsSql, { isTest, now: now.toISOString() })
