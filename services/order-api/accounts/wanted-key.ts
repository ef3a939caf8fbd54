import { Refused } from '#chassis/errors.ts'
import type { ApiKeyRequest } from '#contracts/order-api/api-key.ts'
import { accountScopes, allScopes, publishableScopes, type Scope } from '#contracts/order-api/scopes.ts'
import type { KeyKind } from '../auth/api-key.ts'
import type { Principal } from '../auth/principal.ts'
import { endOfKey } from './end-of-key.ts'
import { requireOwnScopes } from './may-give.ts'

export type WantedKey = {
  readonly name: string
  readonly kind: KeyKind
  readonly scopes: readonly Scope[]
  readonly expiresAt: string | null
}

/** What a key is to be, checked against who asks; throws Refused. Nobody makes a key that may do more than their own. */
export function wantedKey(request: ApiKeyRequest, caller: Principal, now: Date): WantedKey {
  const { name, kind = 'secret' } = request
  const scopes = request.scopes ?? usualScopes(kind).filter((scope) => caller.scopes.includes(scope))
  requirePossibleScopes(kind, scopes)
  if (scopes.length === 0) {
    throw new Refused('insufficient_scope', `The key that asks has none of ${usualScopes(kind).join(', ')}.`)
  }
  requireOwnScopes(caller, scopes, 'The new key would have', '/scopes')
  return { name, kind, scopes, expiresAt: endOfKey(request.expires_at, now) }
}

/** Throws Refused where a key of that kind can never have these scopes. */
export function requirePossibleScopes(kind: KeyKind, scopes: readonly Scope[]): void {
  const possible = possibleScopes(kind)
  const impossible = scopes.filter((scope) => !possible.includes(scope))
  if (impossible.length === 0) return
  const detail = `a publishable key can have ${possible.join(', ')}; found ${impossible.join(', ')}`
  throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', [
    { pointer: '/scopes', detail },
  ])
}

/** Of a key of which nothing is said. */
const usualScopes = (kind: KeyKind): readonly Scope[] =>
  possibleScopes(kind).filter((scope) => accountScopes.includes(scope))

const possibleScopes = (kind: KeyKind): readonly Scope[] => (kind === 'publishable' ? publishableScopes : allScopes)
