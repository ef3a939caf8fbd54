import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { Refused } from '#chassis/errors.ts'
import { Currency } from '#contracts/money.ts'
import { publishableScopes, type Scope, scopes } from '#contracts/order-api/scopes.ts'
import { bearerKey, hashOfApiKey } from './api-key.ts'
import type { Principal } from './principal.ts'

export type Authenticate = (authorization: string | undefined) => Promise<Principal>

const KeyRow = Type.Object({
  accountId: Type.String(),
  keyId: Type.String(),
  kind: Type.Enum(['secret', 'publishable']),
  isTest: Type.Boolean(),
  scopes: Type.Union([Type.Array(Type.String()), Type.Null()]),
  terms: Type.Object({
    billing: Type.Enum(['prepaid', 'invoice']),
    creditLimitMinor: Type.Union([Type.Integer(), Type.Null()]),
    currency: Currency,
    graceMinutes: Type.Integer(),
  }),
})
const keySql = `select jsonb_build_object('accountId', k.account_id, 'keyId', coalesce(k.id, ''), 'kind', k.kind,
    'isTest', k.is_test, 'scopes', k.scopes, 'terms', jsonb_build_object('billing', a.billing,
      'creditLimitMinor', a.credit_limit_minor, 'currency', a.currency, 'graceMinutes', a.grace_minutes)) as row
  from api_keys k join accounts a on a.id = k.account_id
  where k.sha256 = :sha256::text and k.revoked_at is null and (k.expires_at is null or k.expires_at > :now::timestamptz)`

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
    const [row] = await database.rows(KeyRow, keySql, { sha256, now: now().toISOString() })
    if (!row) throw unauthenticated('this key is unknown, has expired or was revoked')
    const principal = { ...row, scopes: scopesOf(row) }
    if (remembered.size >= mostRemembered) remembered.clear()
    remembered.set(sha256, { principal, untilEpochMs: now().getTime() + rememberedMilliseconds })
    return principal
  }
}

/** Of what a key was given, what a key of its kind may have; a publishable one can never do more than read and sell. */
function scopesOf({ kind, scopes: given }: Static<typeof KeyRow>): readonly Scope[] {
  const possible = kind === 'publishable' ? publishableScopes : allScopes
  return given === null ? possible : possible.filter((scope) => given.includes(scope))
}

const isScope = (name: string): name is Scope => Object.hasOwn(scopes, name)
const allScopes: readonly Scope[] = Object.keys(scopes).filter(isScope)

const unauthenticated = (found: string): Refused =>
  new Refused('unauthenticated', `Send "Authorization: Bearer sk_test_…" (or sk_live_…); ${found}.`)
