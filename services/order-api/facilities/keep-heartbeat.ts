import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { FacilityHeartbeat } from '#contracts/messages/facility-heartbeat.ts'
import { momentOf } from '../status/moment-of.ts'

const keepSql = `
  insert into facility_heartbeats (facility_id, client_id, heard_at, doc)
  values (:facility::text, :client::text, :heardAt::timestamptz, :doc::jsonb)
  on conflict (facility_id, client_id) do update set heard_at = excluded.heard_at, doc = excluded.doc
    where facility_heartbeats.heard_at < excluded.heard_at
  returning to_jsonb(client_id) as row`

/**
 * Keeps the newest heartbeat of a client; false where a newer one was there, so that twice or out of order changes nothing. Whoever calls it
 * has made certain that the sender may speak for the facility.
 */
export async function keepHeartbeat(database: Database, heartbeat: FacilityHeartbeat, now: Date): Promise<boolean> {
  const kept = await database.rows(Type.String(), keepSql, {
    facility: heartbeat.facilityId,
    client: heartbeat.clientId,
    heardAt: heardAt(heartbeat, now).toISOString(),
    doc: JSON.stringify(heartbeat),
  })
  return kept.length > 0
}

/**
 * When it was said, by our clock: that of a client may be off by a day, and it says by how much. A message may have lain on its queue for long,
 * so that the moment it is read says nothing; it is never later than now.
 */
export function heardAt({ at, clockSkewSeconds = 0 }: FacilityHeartbeat, now: Date): Date {
  const said = Date.parse(momentOf(at, now)) - clockSkewSeconds * 1000
  return new Date(Math.max(0, Math.min(now.getTime(), said)))
}
