import { hash, randomInt } from 'node:crypto'
import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { enrolmentSecretLength, writeEnrolmentCode } from '#contracts/enrolment-code.ts'

export type CodeWanted = {
  readonly facilityId: string
  /** Of the client that enrols; it may say its own without. */
  readonly name: string | undefined
  readonly hours: number
  readonly apiUrl: string
}

const digits = '0123456789abcdefghjkmnpqrstvwxyz'

/** All that is stored of a code. So many random bits need no slow hash. */
export const hashOfSecret = (secret: string): string => hash('sha256', secret, 'hex')

/** A code with which one client may enrol at the facility, once; shown this once. Undefined where there is no such facility. */
export async function makeEnrolmentCode(
  database: Database,
  { facilityId, name, hours, apiUrl }: CodeWanted,
  now: Date,
): Promise<{ readonly code: string; readonly expiresAt: string } | undefined> {
  const secret = Array.from({ length: enrolmentSecretLength }, () => digits.charAt(randomInt(digits.length))).join('')
  const expiresAt = new Date(now.getTime() + hours * 3_600_000).toISOString()
  const [made] = await database.rows(Type.String(), insertSql, {
    sha256: hashOfSecret(secret),
    facility: facilityId,
    name: name ?? null,
    now: now.toISOString(),
    expires: expiresAt,
  })
  return made === undefined ? undefined : { code: writeEnrolmentCode({ secret, apiUrl }), expiresAt }
}

const insertSql = `insert into facility_enrolments (code_sha256, facility_id, name, made_at, expires_at)
  select :sha256::text, id, :name::text, :now::timestamptz, :expires::timestamptz from facilities where id = :facility::text
  returning to_jsonb(facility_id) as row`
