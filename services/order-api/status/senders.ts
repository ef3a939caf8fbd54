import { Type } from 'typebox'
import { createCache } from '#chassis/cache/cache.ts'
import { keyOfEveryone } from '#chassis/cache/cache-key.ts'
import type { Database } from '#chassis/database.ts'
import type { Log } from '#chassis/log.ts'

/**
 * Whom a sender of the status queue may speak for. `everyone`: trusted by the operator. `nobody`: its enrolment was revoked, or it is a user
 * that nobody enrolled, such as that of a facility that was set up by hand.
 */
export type SenderStanding =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'facility'; readonly facilityId: string; readonly clientId: string }
  | { readonly kind: 'nobody' }
  /** Not enrolled: a processor, by what IAM lets it do. */
  | { readonly kind: 'stranger' }

/** What is known of a sender, by its id at the queue service. Throws Transient while the database does not answer and nothing is known. */
export type Senders = { readonly standingOf: (senderId: string) => Promise<SenderStanding> }

export type SendersOptions = {
  readonly database: Database
  /** As in STATUS_TRUSTED_SENDERS: the id of a user, or of a role whatever its session. */
  readonly trusted: readonly string[]
  readonly now: () => Date
  readonly log: Log
}

const Client = Type.Object({ facilityId: Type.String(), clientId: Type.String(), isRevoked: Type.Boolean() })
const clientSql = `select jsonb_build_object('facilityId', facility_id, 'clientId', client_id,
    'isRevoked', revoked_at is not null) as row
  from facility_clients where principal_id = :principal::text`

/** Enrolled clients are remembered for half a minute: so long a revoked one is still heard. */
export function createSenders({ database, trusted, now, log }: SendersOptions): Senders {
  const everyone = new Set(trusted)
  const cache = createCache({
    name: 'status-senders',
    load: async ({ parts }) => (await database.rows(Client, clientSql, { principal: parts.at(-1) ?? '' }))[0],
    freshMilliseconds: 20_000,
    staleMilliseconds: 10_000,
    staleOnErrorMilliseconds: 3_600_000,
    absentMilliseconds: 10_000,
    most: { entries: 10_000 },
    now,
    log,
  })
  return {
    standingOf: async (senderId) => {
      if (senderId === '') return { kind: 'stranger' }
      if (everyone.has(senderId) || everyone.has(roleOf(senderId))) return { kind: 'everyone' }
      const client = await cache.get(keyOfEveryone('status-sender', senderId))
      if (!client) return { kind: senderId.startsWith(userStart) ? 'nobody' : 'stranger' }
      const { facilityId, clientId, isRevoked } = client
      return isRevoked ? { kind: 'nobody' } : { kind: 'facility', facilityId, clientId }
    },
  }
}

/** Processors have roles; people and facilities have users. */
const userStart = 'AIDA'

/** `AROA…:session` is the role `AROA…`. */
const roleOf = (senderId: string): string => senderId.split(':', 1)[0] ?? ''

/** The ids in a setting with commas between. */
export const sendersIn = (setting: string): readonly string[] =>
  setting
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
