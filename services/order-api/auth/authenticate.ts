import { timingSafeEqual } from 'node:crypto'
import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { Refused } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import { accountScopes, allScopes, publishableScopes, type Scope } from '#contracts/order-api/scopes.ts'
import { isoTime } from '../store/order-rows.ts'
import { type ActFor, createActFor } from './act-for.ts'
import { hashOfApiKey } from './api-key.ts'
import { unauthenticated } from './bearer-key.ts'
import type { Principal } from './principal.ts'
import { createStrangers } from './strangers.ts'
import { AccountTerms, accountTermsSql } from './terms-row.ts'

/** Turns a well-formed key into a principal; throws Refused `unauthenticated`, or Overloaded in a flood of unknown ones. */
export type Authenticate = (key: string) => Promise<Principal>

export type Authenticator = {
  readonly authenticate: Authenticate
  readonly actFor: ActFor
  /** From now on this process looks up the account's keys and terms again; the others do so within 30 s. */
  readonly forget: (accountId: string) => void
}

const OptionalTime = Type.Union([Type.String(), Type.Null()])
const KeyRow = Type.Object({
  accountId: Type.String(),
  keyId: Type.String(),
  sha256: Type.String(),
  kind: Type.Enum(['secret', 'publishable']),
  isTest: Type.Boolean(),
  scopes: Type.Union([Type.Array(Type.String()), Type.Null()]),
  expiresAt: OptionalTime,
  lastUsedAt: OptionalTime,
  terms: AccountTerms,
})
type KeyRow = Static<typeof KeyRow>

const keySql = `select jsonb_build_object('accountId', k.account_id, 'keyId', k.id, 'sha256', k.sha256, 'kind', k.kind,
    'isTest', k.is_test, 'scopes', k.scopes, 'expiresAt', ${isoTime('k.expires_at')},
    'lastUsedAt', ${isoTime('k.last_used_at')}, 'terms', ${accountTermsSql}) as row
  from api_keys k join accounts a on a.id = k.account_id
  where k.sha256 = :sha256::text and k.revoked_at is null and (k.expires_at is null or k.expires_at > :now::timestamptz)`

const usedSql = `update api_keys set last_used_at = :now::timestamptz
  where account_id = :account::text and is_test = :isTest::boolean and id = :id::text
    and (last_used_at is null or last_used_at <= :before::timestamptz)
  returning to_jsonb(id) as row`

/** A revoked key works at most this much longer; the look-up of every request would cost more than the order itself. */
const rememberedMilliseconds = 30_000
const mostRemembered = 10_000
const usedEveryMilliseconds = 60_000

type Remembered = { readonly principal: Principal; readonly untilEpochMs: number }

/** Keys are looked up by their hash; what was found is remembered for 30 s, and that nothing was found for 10 s. */
export function createAuthenticator(database: Database, now: () => Date, log: Log): Authenticator {
  const remembered = new Map<string, Remembered>()
  /** Looks that are under way: however many requests come with a key at once, it is looked up once. */
  const looking = new Map<string, Promise<Principal>>()
  const strangers = createStrangers(now)
  const acting = createActFor(database, now)

  const lookUp = async (sha256: string, isCurrent: () => boolean): Promise<Principal> => {
    const [row] = await database.rows(KeyRow, keySql, { sha256, now: now().toISOString() })
    if (!row || !timingSafeEqual(Buffer.from(row.sha256), Buffer.from(sha256))) {
      remembered.delete(sha256)
      if (isCurrent()) strangers.note(sha256)
      throw isNobodys()
    }
    noteUse(database, row, now(), log)
    const principal = principalOf(row)
    if (remembered.size >= mostRemembered) remembered.clear()
    if (isCurrent()) remembered.set(sha256, { principal, untilEpochMs: untilEpochMs(row, now()) })
    return principal
  }
  return {
    authenticate: async (key) => {
      const sha256 = hashOfApiKey(key)
      const known = remembered.get(sha256)
      if (known && known.untilEpochMs > now().getTime()) return known.principal
      const underWay = looking.get(sha256)
      if (underWay) return underWay
      if (strangers.isUnknown(sha256)) throw isNobodys()
      const begin = (): Promise<Principal> => lookUp(sha256, () => looking.get(sha256) === look)
      // Whoever was known a while ago does not stand behind those who never were.
      const look: Promise<Principal> = known ? begin() : strangers.look(begin)
      looking.set(sha256, look)
      try {
        return await look
      } finally {
        if (looking.get(sha256) === look) looking.delete(sha256)
      }
    },
    actFor: acting.actFor,
    forget: (accountId) => {
      acting.forget(accountId)
      // What was looked up before this is neither remembered nor shared with those who come after it.
      looking.clear()
      strangers.forget()
      for (const [sha256, { principal }] of remembered) if (principal.accountId === accountId) remembered.delete(sha256)
    },
  }
}

const isNobodys = (): Refused => unauthenticated('this key is unknown, has expired or was revoked')

function principalOf({ accountId, keyId, kind, isTest, terms, scopes }: KeyRow): Principal {
  return { accountId, keyId, kind, isTest, terms, scopes: scopesOfKey(kind, scopes) }
}

/**
 * Of what a key was given, what a key of its kind may have; a publishable one can never do more than read and sell. What only the operator
 * gives is never meant by "everything".
 */
export function scopesOfKey(kind: KeyRow['kind'], given: readonly string[] | null): readonly Scope[] {
  if (given === null) return kind === 'publishable' ? publishableScopes : accountScopes
  const possible = kind === 'publishable' ? publishableScopes : allScopes
  return possible.filter((scope) => given.includes(scope))
}

/** A key that expires is not remembered beyond its end. */
const untilEpochMs = ({ expiresAt }: KeyRow, now: Date): number =>
  Math.min(
    now.getTime() + rememberedMilliseconds,
    expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt),
  )

/** Nobody waits for this, and nothing depends on it: a failure is only worth a line in the log. */
function noteUse(database: Database, { accountId, isTest, keyId, lastUsedAt }: KeyRow, now: Date, log: Log): void {
  const before = new Date(now.getTime() - usedEveryMilliseconds)
  if (lastUsedAt !== null && Date.parse(lastUsedAt) > before.getTime()) return
  const parameters = { account: accountId, isTest, id: keyId, now: now.toISOString(), before: before.toISOString() }
  database.rows(Type.String(), usedSql, parameters).catch((error: unknown) => {
    log.warn({ err: error, keyId }, 'key_use_not_noted')
  })
}
