import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { Sealed } from '#contracts/facility-grant.ts'
import type { FacilityEnrolmentRequest } from '#contracts/order-api/facility-enrolment.ts'
import type { IssuedKey } from './keys/facility-keys.ts'

const Text = Type.Union([Type.String(), Type.Null()])
const Enrolment = Type.Object({
  sha256: Type.String(),
  facilityId: Type.String(),
  name: Text,
  clientId: Text,
  publicKey: Text,
  sealed: Type.Union([Sealed, Type.Null()]),
  isOver: Type.Boolean(),
  /** Whether the credentials are for us to make now. */
  isOurs: Type.Boolean(),
})
export type Enrolment = Static<typeof Enrolment>

type Asked = {
  readonly sha256: string
  readonly request: FacilityEnrolmentRequest
  readonly leasedUntil: string
  readonly now: string
}

/** What is known of a code. The first who asks with it has it for good; of several who ask at once, one is told that it is theirs to do. */
export async function takeEnrolment(database: Database, asked: Asked): Promise<Enrolment | undefined> {
  const { sha256, request, leasedUntil, now } = asked
  const [found] = await database.rows(Enrolment, takeSql, {
    sha256,
    client: request.client_id,
    publicKey: request.public_key,
    facility: request.facility_id ?? null,
    lease: leasedUntil,
    now,
  })
  return found
}

type Settled = Pick<Asked, 'sha256' | 'leasedUntil' | 'now'> & {
  readonly name: string
  readonly key: IssuedKey
  readonly sealed: Sealed
}

/** Writes what the client is given and that it speaks for the facility. False when somebody else is at it by now. */
export async function settleEnrolment(database: Database, settled: Settled): Promise<boolean> {
  const { sha256, leasedUntil, now, name, key, sealed } = settled
  const rows = await database.rows(Type.String(), settleSql, {
    sha256,
    lease: leasedUntil,
    now,
    name,
    principal: key.principalId,
    accessKey: key.accessKeyId,
    sealed: JSON.stringify(sealed),
  })
  return rows.length > 0
}

const takeSql = `
  with found as (
    select * from facility_enrolments where code_sha256 = :sha256::text
  ), taken as (
    update facility_enrolments set used_at = coalesce(used_at, :now::timestamptz), client_id = :client::text,
      public_key = :publicKey::text, leased_until = :lease::timestamptz
    where code_sha256 = :sha256::text and sealed is null and (leased_until is null or leased_until < :now::timestamptz)
      and (:facility::text is null or facility_id = :facility::text)
      and (used_at is null and expires_at > :now::timestamptz or client_id = :client::text and public_key = :publicKey::text)
    returning code_sha256
  )
  select jsonb_build_object('sha256', code_sha256, 'facilityId', facility_id, 'name', name, 'clientId', client_id,
    'publicKey', public_key, 'sealed', sealed, 'isOver', used_at is null and expires_at <= :now::timestamptz,
    'isOurs', exists (select from taken)) as row from found`

/** A client that enrols anew keeps its place: what it had before counts no more. */
const settleSql = `
  with settled as (
    update facility_enrolments set sealed = :sealed::jsonb, leased_until = null
    where code_sha256 = :sha256::text and sealed is null and leased_until = :lease::timestamptz
    returning facility_id, client_id, public_key
  )
  insert into facility_clients (facility_id, client_id, name, public_key, principal_id, access_key_id, enrolled_at)
  select facility_id, client_id, :name::text, public_key, :principal::text, :accessKey::text, :now::timestamptz from settled
  on conflict (facility_id, client_id) do update set name = excluded.name, public_key = excluded.public_key,
    principal_id = excluded.principal_id, access_key_id = excluded.access_key_id, enrolled_at = excluded.enrolled_at,
    next_access_key_id = null, next_sealed = null, next_put_at = null, rotated_at = null, revoked_at = null,
    keys_settled = true, leased_until = null
  returning to_jsonb(client_id) as row`
