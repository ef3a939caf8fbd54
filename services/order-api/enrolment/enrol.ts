import { timingSafeEqual } from 'node:crypto'
import type { Database } from '#chassis/database.ts'
import { Refused, Transient } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import { isPublicKey, sealTo } from '#chassis/sealed-box.ts'
import { readEnrolmentCode } from '#contracts/enrolment-code.ts'
import { type FacilityGrant, sealContext } from '#contracts/facility-grant.ts'
import type { FacilityEnrolment, FacilityEnrolmentRequest } from '#contracts/order-api/facility-enrolment.ts'
import { type Enrolment, settleEnrolment, takeEnrolment } from './enrolment-store.ts'
import type { FacilityKeys } from './keys/facility-keys.ts'
import { hashOfSecret } from './make-code.ts'

/** Where a facility finds what is its own. */
export type FacilityPlaces = (
  facilityId: string,
) => Promise<Omit<FacilityGrant, 'facilityId' | 'accessKeyId' | 'secretAccessKey'>>

export type Enrolling = {
  readonly database: Database
  readonly keys: FacilityKeys
  readonly placesOf: FacilityPlaces
  readonly now: () => Date
  readonly log: Log
}

/** Longer than all calls for one key can take together: meanwhile nobody else makes one for the same code. */
const leaseMilliseconds = 120_000

/**
 * Lets a print client in. A code works for one client with one key, which may ask with it again and gets the same answer: the credentials
 * are sealed to that key. Throws Refused `enrolment_refused`, and Transient when it may work later.
 */
export async function enrol(world: Enrolling, request: FacilityEnrolmentRequest): Promise<FacilityEnrolment> {
  const code = readEnrolmentCode(request.code)
  if (code === undefined || !isPublicKey(request.public_key)) throw refused()
  const sha256 = hashOfSecret(code.secret)
  const now = world.now()
  const leasedUntil = new Date(now.getTime() + leaseMilliseconds).toISOString()
  const found = await takeEnrolment(world.database, { sha256, request, leasedUntil, now: now.toISOString() })
  if (!found || !isFor(found, sha256, request)) throw refused()
  if (found.sealed !== null) return answer(found, request, found.sealed)
  if (!found.isOurs) throw busy()
  return await give(world, found, { request, leasedUntil })
}

/** Nobody has it yet, or whoever asks is who had it. */
function isFor(found: Enrolment, sha256: string, request: FacilityEnrolmentRequest): boolean {
  if (!isSame(found.sha256, sha256)) return false
  if (request.facility_id !== undefined && request.facility_id !== found.facilityId) return false
  if (found.clientId === null) return !found.isOver
  return found.clientId === request.client_id && isSame(found.publicKey ?? '', request.public_key)
}

async function give(
  { database, keys, placesOf, now, log }: Enrolling,
  found: Enrolment,
  { request, leasedUntil }: { readonly request: FacilityEnrolmentRequest; readonly leasedUntil: string },
): Promise<FacilityEnrolment> {
  const { facilityId, sha256 } = found
  const { client_id: clientId, public_key: publicKey } = request
  const key = await keys.issue({ facilityId, clientId }, [])
  const { accessKeyId, secretAccessKey } = key
  const grant: FacilityGrant = { facilityId, ...(await placesOf(facilityId)), accessKeyId, secretAccessKey }
  const sealed = sealTo(publicKey, sealContext('enrolment', facilityId, clientId), JSON.stringify(grant))
  const name = found.name ?? request.client_name
  const isSettled = await settleEnrolment(database, {
    ...{ sha256, leasedUntil, now: now().toISOString(), name, key, sealed },
  })
  if (!isSettled) throw busy()
  log.info({ facilityId, clientId }, 'facility_client_enrolled')
  return answer(found, request, sealed)
}

/** Field by field: the database keeps no order of them, and the same answer has the same bytes. */
const answer = (
  { facilityId }: Enrolment,
  { client_id }: FacilityEnrolmentRequest,
  { version, key, box }: FacilityEnrolment['sealed'],
): FacilityEnrolment => ({ facility_id: facilityId, client_id, sealed: { version, key, box } })

/** The same for a code that never was, was used, or is over: whoever guesses learns nothing, and all of them do the same next. */
const refused = (): Refused =>
  new Refused(
    'enrolment_refused',
    'This code lets nobody in: it is not whole, was used by another client, is for another facility, or its time is over. Ask the operator for a new one.',
  )

const busy = (): Transient =>
  new Transient('The credentials of this code are being made; ask again with the same code', { retryAfterSeconds: 2 })

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
