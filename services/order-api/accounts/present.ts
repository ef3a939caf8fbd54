import type { Account } from '#contracts/order-api/account.ts'
import type { ApiKey } from '#contracts/order-api/api-key.ts'
import type { Member } from '#contracts/order-api/member.ts'
import { defaultRoutingPolicy } from '#contracts/order-api/routing.ts'
import { prefixOf } from '../auth/api-key.ts'
import { scopesOfKey } from '../auth/authenticate.ts'
import type { StoredAccount } from './account-store.ts'
import type { StoredKey } from './key-store.ts'
import type { StoredMember } from './member-store.ts'

/** A key as the API shows it: how it begins and ends, never more of it. */
export function presentKey({ kind, isTest, ...key }: StoredKey, now: Date): ApiKey {
  return {
    id: key.id,
    object: 'api_key',
    name: key.name,
    kind,
    is_test: isTest,
    hint: `${prefixOf(kind, isTest)}…${key.lastFour}`,
    scopes: [...scopesOfKey(kind, key.scopes)],
    status: statusOf(key, now),
    expires_at: key.expiresAt,
    last_used_at: key.lastUsedAt,
    revoked_at: key.revokedAt,
    created_at: key.createdAt,
  }
}

function statusOf({ revokedAt, expiresAt }: Pick<StoredKey, 'revokedAt' | 'expiresAt'>, now: Date): ApiKey['status'] {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Date.parse(expiresAt) <= now.getTime() ? 'expired' : 'live'
}

export const presentAccount = ({ creditLimitMinor, currency, ...account }: StoredAccount): Account => ({
  id: account.id,
  object: 'account',
  name: account.name,
  billing: account.billing,
  credit_limit: creditLimitMinor === null ? null : { amount: creditLimitMinor, currency },
  currency,
  grace_minutes: account.graceMinutes,
  retention_days: account.retentionDays,
  routing: account.routing ?? defaultRoutingPolicy,
  created_at: account.createdAt,
})

export const presentMember = ({ createdAt, ...member }: StoredMember): Member => ({
  id: member.id,
  object: 'member',
  email: member.email,
  name: member.name,
  role: member.role,
  created_at: createdAt,
})
