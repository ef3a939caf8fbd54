import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { Sealed } from '#contracts/facility-grant.ts'
import type { FacilityClient } from './keys/facility-keys.ts'

/** A client that is somebody's to work on until then; a note of it is kept only while it is. */
export type Held = FacilityClient & { readonly leasedUntil: string }

/** The next key, before the client can find it: from here on it is the same, whoever puts it. False when the client was changed meanwhile. */
export const noteNextKey = async (
  database: Database,
  held: Held,
  next: { readonly accessKeyId: string; readonly sealed: Sealed },
): Promise<boolean> => {
  const parameters = { ...keysOf(held), next: next.accessKeyId, sealed: JSON.stringify(next.sealed) }
  return (await database.rows(Type.Unknown(), nextSql, parameters)).length > 0
}

/** The next key lies where the client looks. */
export const notePut = (database: Database, held: Held, now: string): Promise<unknown> =>
  database.rows(Type.Unknown(), putSql, { ...keysOf(held), now })

/** Nothing is left of the keys that were to go. Of a client that was revoked meanwhile others are to go now: it stays as it is. */
export const noteSettled = (database: Database, held: Held & { readonly isRevoked: boolean }): Promise<unknown> =>
  database.rows(Type.Unknown(), settledSql, { ...keysOf(held), isRevoked: held.isRevoked })

const keysOf = ({ facilityId, clientId, leasedUntil }: Held) => ({
  facility: facilityId,
  client: clientId,
  lease: leasedUntil,
})
const ofHeld = `where facility_id = :facility::text and client_id = :client::text and leased_until = :lease::timestamptz
  returning to_jsonb(client_id) as row`

const nextSql = `update facility_clients set next_access_key_id = :next::text, next_sealed = :sealed::jsonb, next_put_at = null
  ${ofHeld.replace('returning', 'and revoked_at is null and next_access_key_id is null returning')}`
const putSql = `update facility_clients set next_put_at = :now::timestamptz, leased_until = null ${ofHeld}`
const settledSql = `update facility_clients set keys_settled = (revoked_at is not null) = :isRevoked::boolean, leased_until = null ${ofHeld}`
