import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { Log } from '#chassis/log.ts'
import { silentAfterSeconds } from '#contracts/messages/facility-heartbeat.ts'
import { thresholds } from '../status-page/thresholds.ts'
import { isoTime } from '../store/order-rows.ts'
import { heardSql } from './client-presence.ts'
import { waitingSql } from './waiting-jobs.ts'

const Found = Type.Object({
  facilityId: Type.String(),
  kind: Type.Enum(['silent', 'queue_old', 'jobs_stuck']),
  since: Type.String(),
  isOver: Type.Boolean(),
  unclaimed: Type.Integer(),
  stuck: Type.Integer(),
})

/** Whoever writes or takes away the row is the one who tells: one worker of many, once, also after a restart. */
const watchSql = `
  with ${heardSql}, ${waitingSql}, at_work as (
    select facility_id, sum(unclaimed)::int as unclaimed, min(oldest_unclaimed_at) as unclaimed_since,
      sum(stuck)::int as stuck, min(stuck_since) as stuck_since
    from waiting group by facility_id
  ), found as (
    select h.facility_id, 'silent' as kind, h.at as since from heard h where h.at <= :silentSince::timestamptz
    union all
    select w.facility_id, 'queue_old', w.unclaimed_since from at_work w where w.unclaimed_since <= :oldSince::timestamptz
    union all
    select w.facility_id, 'jobs_stuck', w.stuck_since from at_work w where w.stuck > 0
  ), begun as (
    insert into facility_alarms (facility_id, kind, since, told_at)
    select n.facility_id, n.kind, n.since, :now::timestamptz from found n join facilities f on f.id = n.facility_id
    on conflict do nothing
    returning facility_id, kind, since, false as is_over
  ), over as (
    delete from facility_alarms a
    where not exists (select from found n where n.facility_id = a.facility_id and n.kind = a.kind)
    returning facility_id, kind, since, true as is_over
  )
  select jsonb_build_object('facilityId', c.facility_id, 'kind', c.kind, 'since', ${isoTime('c.since')}, 'isOver', c.is_over,
    'unclaimed', coalesce(w.unclaimed, 0), 'stuck', coalesce(w.stuck, 0)) as row
  from (select * from begun union all select * from over) c left join at_work w on w.facility_id = c.facility_id
  order by c.facility_id, c.kind`

/** What is said when it begins and when it is over. docs/runbook.md has a row for each that is an alarm. */
export const facilityAlarms = {
  silent: { begins: 'facility_silent', ends: 'facility_back' },
  queue_old: { begins: 'facility_queue_old', ends: 'facility_queue_taken' },
  jobs_stuck: { begins: 'facility_jobs_stuck', ends: 'facility_jobs_moved' },
} as const

export type Watch = { readonly database: Database; readonly log: Log; readonly now: () => Date }

/** Tells once of each facility that went silent, left its jobs lying or speaks no more of what it took, and once that it is over; gives what was told. Safe to run anywhere, twice. */
export async function watchFacilities({ database, log, now }: Watch): Promise<readonly string[]> {
  const at = now()
  const before = (seconds: number): string => new Date(at.getTime() - seconds * 1000).toISOString()
  const changes = await database.rows(Found, watchSql, {
    now: at.toISOString(),
    silentSince: before(silentAfterSeconds),
    oldSince: before(thresholds.delivery.degradedSeconds),
  })
  return changes.map(({ kind, isOver, ...facts }) => {
    const event = facilityAlarms[kind][isOver ? 'ends' : 'begins']
    if (isOver) log.info(facts, event)
    else log.error(facts, event)
    return `${event} ${facts.facilityId}`
  })
}
