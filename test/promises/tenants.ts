import type { Scope } from '#contracts/order-api/scopes.ts'
import { createKeyStore } from '../../services/order-api/accounts/key-store.ts'
import { hashOfApiKey, type KeyKind, makeApiKey } from '../../services/order-api/auth/api-key.ts'
import { createOperatorStore } from '../../services/order-api/operator/operator-store.ts'
import { makeIdAt } from '../../services/order-api/orders/make-id.ts'
import type { ApiUnderTest } from '../loopback/order-api/platform.ts'

/** An account with a key of each world that may do everything. */
export type Tenant = { readonly accountId: string; readonly live: string; readonly test: string }

const makeId = makeIdAt(() => new Date())

export async function makeTenant(api: ApiUnderTest, name: string): Promise<Tenant> {
  const accountId = makeId('account')
  const terms = {
    billing: 'invoice',
    creditLimitMinor: null,
    currency: 'EUR',
    graceMinutes: 0,
    retentionDays: 90,
  } as const
  const createdAt = new Date().toISOString()
  await createOperatorStore(api.database).put({ id: accountId, name, createdAt, ...terms })
  const live = await makeKey(api, { accountId, isTest: false })
  const test = await makeKey(api, { accountId, isTest: true })
  return { accountId, live: live.secret, test: test.secret }
}

type KeyWanted = {
  readonly accountId: string
  readonly isTest: boolean
  readonly kind?: KeyKind
  readonly scopes?: readonly Scope[]
  readonly expiresAt?: Date
}

/** A key, made as the operator makes it. */
export async function makeKey(
  api: ApiUnderTest,
  { accountId, isTest, kind = 'secret', scopes, expiresAt }: KeyWanted,
): Promise<{ readonly id: string; readonly secret: string }> {
  const secret = makeApiKey(kind, isTest)
  const id = makeId('key')
  const key = {
    ...{ id, kind, name: id, sha256: hashOfApiKey(secret), lastFour: secret.slice(-4) },
    scopes: scopes ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  }
  // At the beginning of time: so that keys that are expired now can be made, too.
  const made = await createKeyStore(api.database).insert({ accountId, isTest }, key, new Date(0))
  if (!made) throw new Error('The world has as many keys as allowed')
  return { id, secret }
}
