import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { isoTime } from '../store/order-rows.ts'

const Time = Type.Union([Type.String(), Type.Null()])
const EnrolledClient = Type.Object({
  clientId: Type.String(),
  name: Type.String(),
  enrolledAt: Type.String(),
  rotatedAt: Time,
  revokedAt: Time,
  heardAt: Time,
})
export type EnrolledClient = Static<typeof EnrolledClient>

/** Every client that was let in at a facility, and when it was heard last; oldest first. */
export const enrolledClients = (database: Database, facilityId: string): Promise<EnrolledClient[]> =>
  database.rows(EnrolledClient, listSql, { facility: facilityId })

/** Shuts a client out: its word counts no more from here on, and the worker takes its keys away. Undefined where there is none. */
export async function revokeClient(
  database: Database,
  { facilityId, clientId }: { readonly facilityId: string; readonly clientId: string },
  now: Date,
): Promise<EnrolledClient | undefined> {
  const parameters = { facility: facilityId, client: clientId, now: now.toISOString() }
  const [revoked] = await database.rows(EnrolledClient, revokeSql, parameters)
  return revoked
}

const row = `jsonb_build_object('clientId', c.client_id, 'name', c.name, 'enrolledAt', ${isoTime('c.enrolled_at')},
    'rotatedAt', ${isoTime('c.rotated_at')}, 'revokedAt', ${isoTime('c.revoked_at')},
    'heardAt', (select ${isoTime('h.heard_at')} from facility_heartbeats h
      where h.facility_id = c.facility_id and h.client_id = c.client_id)) as row`

const listSql = `select ${row} from facility_clients c where c.facility_id = :facility::text order by c.enrolled_at, c.client_id`

const revokeSql = `update facility_clients c set revoked_at = coalesce(c.revoked_at, :now::timestamptz),
    keys_settled = c.revoked_at is not null and c.keys_settled, next_access_key_id = null, next_sealed = null, next_put_at = null
  where c.facility_id = :facility::text and c.client_id = :client::text returning ${row}`
