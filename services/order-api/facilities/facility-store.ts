import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { Facility } from '#contracts/facility.ts'
import { FacilityHeartbeat } from '#contracts/messages/facility-heartbeat.ts'
import { facilitiesDocument } from '../published/documents-of.ts'
import { spreadParameters, touchAndSpreadSql, touchParameters } from '../published/touch-sql.ts'
import { isoTime } from '../store/order-rows.ts'
import { isStuck, movedAt } from './waiting-jobs.ts'

const ClientOfFacility = Type.Object({
  clientId: Type.String(),
  /** Null: set up by hand. */
  name: Type.Union([Type.String(), Type.Null()]),
  heardAt: Type.String(),
  heartbeat: FacilityHeartbeat,
})
/** A print client, as the operator sees it. */
export type ClientOfFacility = Static<typeof ClientOfFacility>

const JobOfFacility = Type.Object({
  jobId: Type.String(),
  orderId: Type.String(),
  isTest: Type.Boolean(),
  status: Type.String(),
  since: Type.String(),
  /** When its facility last said something new of it. */
  movedAt: Type.String(),
  isStuck: Type.Boolean(),
})
/** A job that is at a facility and has not left it. */
export type JobOfFacility = Static<typeof JobOfFacility>

const JobsLeft = Type.Object({ jobs: Type.Integer(), unclaimed: Type.Integer() })
export type JobsLeft = Static<typeof JobsLeft>

/** Everything that shows who makes what is published anew. */
const changed = (change: string): string =>
  `with changed as (${change} returning id, doc), ${touchAndSpreadSql('changed')} select doc as row from changed`

const insertSql = changed(
  'insert into facilities (id, doc) values (:id::text, :doc::jsonb) on conflict (id) do nothing',
)
const replaceSql = changed('update facilities set doc = :doc::jsonb where id = :id::text')
const statusSql = changed(
  `update facilities set doc = jsonb_set(doc, '{status}', to_jsonb(:status::text)) where id = :id::text`,
)

const publishing = (now: Date) => ({
  ...touchParameters([facilitiesDocument], now),
  ...spreadParameters(['facilities'], now),
})

const put = async (database: Database, sql: string, facility: Facility, now: Date): Promise<boolean> => {
  const parameters = { id: facility.id, doc: JSON.stringify(facility), ...publishing(now) }
  return (await database.rows(Facility, sql, parameters)).length === 1
}

/** Writes a new facility; false when there is one with its id. */
export const addFacility = (database: Database, facility: Facility, now: Date) =>
  put(database, insertSql, facility, now)

/** Writes a facility in place of the one with its id; false when there is none. */
export const replaceFacility = (database: Database, facility: Facility, now: Date) =>
  put(database, replaceSql, facility, now)

/** The facility with its new status; undefined when there is none with that id. */
export async function changeStatus(
  database: Database,
  change: Pick<Facility, 'id' | 'status'>,
  now: Date,
): Promise<Facility | undefined> {
  return (await database.rows(Facility, statusSql, { ...change, ...publishing(now) }))[0]
}

export const findFacility = async (database: Database, id: string): Promise<Facility | undefined> =>
  (await database.rows(Facility, 'select doc as row from facilities where id = :id::text', { id }))[0]

export const allFacilities = (database: Database): Promise<Facility[]> =>
  database.rows(Facility, 'select doc as row from facilities order by id')

/** Those whose credentials were not taken away, last heard of first. */
export const clientsOf = (database: Database, id: string): Promise<ClientOfFacility[]> =>
  database.rows(ClientOfFacility, clientsSql, { id })

const clientsSql = `select jsonb_build_object('clientId', h.client_id, 'name', c.name, 'heardAt', ${isoTime('h.heard_at')},
    'heartbeat', h.doc) as row
  from facility_heartbeats h
  left join facility_clients c on c.facility_id = h.facility_id and c.client_id = h.client_id
  where h.facility_id = :id::text and c.revoked_at is null order by h.heard_at desc limit 200`

/** Jobs of the facility in their order: those that nobody speaks of any more, then unclaimed ones; the oldest before the others. */
export const jobsOf = (database: Database, id: string, limit: number, now: Date): Promise<JobOfFacility[]> =>
  database.rows(JobOfFacility, jobsSql, { id, limit, now: now.toISOString() })

const atFacility = `from tickets t
  join order_items i on i.account_id = t.account_id and i.order_id = t.order_id and i.id = t.item_id
  join orders o on o.account_id = t.account_id and o.id = t.order_id
  where t.kind = 'production' and t.queue = :id::text and t.answered_at is null
    and i.status in ('queued', 'accepted', 'printing', 'printed', 'packed') and i.doc->>'productionTicketId' = t.id`

const jobsSql = `select jsonb_build_object('jobId', i.doc->>'jobId', 'orderId', o.id, 'isTest', o.is_test, 'status', i.status,
    'since', ${isoTime('t.created_at')}, 'movedAt', ${isoTime(movedAt)}, 'isStuck', ${isStuck}) as row
  ${atFacility} order by ${isStuck} desc, i.status <> 'queued', t.created_at limit :limit::int`

/** How much is left at a facility, of both worlds. */
export async function jobsLeftAt(database: Database, id: string): Promise<JobsLeft> {
  const sql = `select jsonb_build_object('jobs', count(*), 'unclaimed', count(*) filter (where i.status = 'queued')) as row ${atFacility}`
  return (await database.rows(JobsLeft, sql, { id }))[0] ?? { jobs: 0, unclaimed: 0 }
}
