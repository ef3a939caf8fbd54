import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { Sealed } from '#contracts/facility-grant.ts'
import { silentAfterSeconds } from '#contracts/messages/facility-heartbeat.ts'

/** A key is used for so long; then the client gets the next. */
export const keyDays = 30
/** Put again, in case somebody cleared the bucket while the client was away. */
const putAgainDays = 1

const Text = Type.Union([Type.String(), Type.Null()])
const DueClient = Type.Object({
  facilityId: Type.String(),
  clientId: Type.String(),
  publicKey: Type.String(),
  accessKeyId: Type.String(),
  nextAccessKeyId: Text,
  nextSealed: Type.Union([Sealed, Type.Null()]),
  isRevoked: Type.Boolean(),
  isSettled: Type.Boolean(),
})
export type DueClient = Static<typeof DueClient>

type Lease = { readonly now: string; readonly leasedUntil: string }

/**
 * Believes the clients about the keys that they use. The next key was heard: it is the key now, and what was before is to go. A key that
 * is not known here: this database was restored to an earlier moment; it is noted, and nothing is taken away for it.
 */
export const hearKeys = (database: Database, now: string): Promise<unknown> =>
  database.rows(Type.Unknown(), hearSql, { now })

/** Clients whose keys need something done, for the caller alone until the lease is over. */
export const takeDueClients = (database: Database, { now, leasedUntil }: Lease): Promise<DueClient[]> =>
  database.rows(DueClient, dueSql, {
    now,
    lease: leasedUntil,
    rotate: before(now, keyDays * 86_400),
    putAgain: before(now, putAgainDays * 86_400),
    heard: before(now, silentAfterSeconds),
  })

/** What was asked for long ago is not asked for again; what was given, sealed, need not lie here for ever. */
export const forgetOldCodes = (database: Database, now: string): Promise<unknown> =>
  database.rows(Type.Unknown(), forgetSql, { long: before(now, keyDays * 86_400) })

const before = (now: string, seconds: number): string => new Date(Date.parse(now) - seconds * 1000).toISOString()

const forgetSql = `delete from facility_enrolments where expires_at < :long::timestamptz returning to_jsonb(facility_id) as row`

const hearSql = `
  update facility_clients c set access_key_id = h.doc->>'accessKeyId',
    keys_settled = h.doc->>'accessKeyId' is distinct from c.next_access_key_id,
    rotated_at = case when h.doc->>'accessKeyId' = c.next_access_key_id then :now::timestamptz else c.rotated_at end,
    next_sealed = case when h.doc->>'accessKeyId' = c.next_access_key_id then null else c.next_sealed end,
    next_put_at = case when h.doc->>'accessKeyId' = c.next_access_key_id then null else c.next_put_at end,
    next_access_key_id = nullif(c.next_access_key_id, h.doc->>'accessKeyId')
  from facility_heartbeats h
  where h.facility_id = c.facility_id and h.client_id = c.client_id and c.revoked_at is null and c.keys_settled
    and h.doc->>'accessKeyId' <> c.access_key_id and h.heard_at > coalesce(c.rotated_at, c.enrolled_at)
  returning to_jsonb(c.client_id) as row`

/** Only who was heard lately to use the key that is known here gets the next: nobody loses a key while they are away. */
const dueSql = `
  with due as (
    select c.facility_id, c.client_id from facility_clients c
    where (c.leased_until is null or c.leased_until < :now::timestamptz) and (
      not c.keys_settled
      or c.revoked_at is null and c.next_sealed is not null
        and (c.next_put_at is null or c.next_put_at < :putAgain::timestamptz)
      or c.revoked_at is null and c.next_access_key_id is null
        and coalesce(c.rotated_at, c.enrolled_at) < :rotate::timestamptz
        and exists (select from facility_heartbeats h where h.facility_id = c.facility_id and h.client_id = c.client_id
          and h.heard_at > :heard::timestamptz and h.doc->>'accessKeyId' = c.access_key_id)
    ) order by c.facility_id, c.client_id limit 20 for update skip locked
  )
  update facility_clients c set leased_until = :lease::timestamptz from due
  where c.facility_id = due.facility_id and c.client_id = due.client_id
  returning jsonb_build_object('facilityId', c.facility_id, 'clientId', c.client_id, 'publicKey', c.public_key,
    'accessKeyId', c.access_key_id, 'nextAccessKeyId', c.next_access_key_id, 'nextSealed', c.next_sealed,
    'isRevoked', c.revoked_at is not null, 'isSettled', c.keys_settled) as row`
