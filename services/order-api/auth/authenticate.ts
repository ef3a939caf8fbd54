import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { Refused } from '#chassis/errors.ts'
import { bearerKey, hashOfApiKey } from './api-key.ts'

/** On whose behalf a request acts. */
export type Principal = {
  readonly accountId: string
  readonly kind: 'secret' | 'publishable'
  readonly isTest: boolean
}

export type Authenticate = (authorization: string | undefined) => Promise<Principal>

const KeyRow = Type.Object({
  accountId: Type.String(),
  kind: Type.Enum(['secret', 'publishable']),
  isTest: Type.Boolean(),
})
const keySql = `select jsonb_build_object('accountId', account_id, 'kind', kind, 'isTest', is_test) as row
  from api_keys where sha256 = :sha256::text and revoked_at is null`

/** A revoked key works at most this much longer; the look-up of every request would cost more than the order itself. */
const rememberedMilliseconds = 30_000
const mostRemembered = 10_000

/** Turns the Authorization header into a principal; throws Refused `unauthenticated`. Keys are looked up by their hash. */
export function createAuthenticate(database: Database, now: () => Date): Authenticate {
  const remembered = new Map<string, { readonly principal: Principal; readonly untilEpochMs: number }>()
  return async (authorization) => {
    const key = bearerKey(authorization)
    if (!key)
      throw unauthenticated(
        authorization === undefined ? 'the Authorization header is missing' : 'it is not of that form',
      )
    const sha256 = hashOfApiKey(key)
    const known = remembered.get(sha256)
    if (known && known.untilEpochMs > now().getTime()) return known.principal
    const [principal] = await database.rows(KeyRow, keySql, { sha256 })
    if (!principal) throw unauthenticated('this key is unknown or was revoked')
    if (remembered.size >= mostRemembered) remembered.clear()
    remembered.set(sha256, { principal, untilEpochMs: now().getTime() + rememberedMilliseconds })
    return principal
  }
}

const unauthenticated = (found: string): Refused =>
  new Refused('unauthenticated', `Send "Authorization: Bearer sk_test_…" (or sk_live_…); ${found}.`)
