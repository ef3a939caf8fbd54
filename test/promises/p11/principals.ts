import { accountScopes, allScopes, checkoutScopes, publishableScopes, type Scope } from '#contracts/order-api/scopes.ts'
import { makeApiKey } from '../../../services/order-api/auth/api-key.ts'
import type { ApiUnderTest } from '../../loopback/order-api/platform.ts'
import { makeKey, type Tenant } from '../tenants.ts'
import type { AccessRow } from './access-table.ts'

/** Somebody who calls, and what decides how far they come. */
export type Principal = {
  readonly name: string
  readonly authorization: string | undefined
  /** Whom it says that it acts for. */
  readonly account?: string
  /** What the key may do; undefined where there is no valid key. */
  readonly may:
    | { readonly scopes: readonly Scope[]; readonly isTest: boolean; readonly isPublishable: boolean }
    | undefined
}

/** `in`: past the guard; what happens there is the route's own matter. Otherwise the code of the refusal. */
export type Outcome = 'in' | 'unauthenticated' | 'forbidden' | 'insufficient_scope'

/** What the table promises to somebody. */
export function promised({ access, onlyIn }: AccessRow, { may }: Principal): Outcome {
  if (access === 'public' || access === 'page') return 'in'
  if (!may) return 'unauthenticated'
  if (!may.scopes.includes(access)) return may.isPublishable ? 'forbidden' : 'insufficient_scope'
  if (onlyIn !== undefined && may.isTest !== (onlyIn === 'test')) return 'forbidden'
  return 'in'
}

const invalid = (name: string, authorization: string | undefined): Principal => ({
  name,
  authorization,
  may: undefined,
})

/** Those who have no key, or one that is none. */
export async function makeStrangers(api: ApiUnderTest, { accountId, test }: Tenant): Promise<readonly Principal[]> {
  const expired = await makeKey(api, { accountId, isTest: true, expiresAt: new Date(Date.now() - 1000) })
  const revoked = await makeKey(api, { accountId, isTest: true })
  await api.context.accounts.keys.revoke({ accountId, isTest: true }, revoked.id, new Date())
  const date = '20261121'
  const signature = `AWS4-HMAC-SHA256 Credential=AKIATEST/${date}/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`
  return [
    invalid('nobody', undefined),
    invalid('an empty header', ''),
    invalid('a key without its scheme', test),
    invalid('a key with a wrong checksum', `Bearer ${test.slice(0, -1)}${test.endsWith('0') ? '1' : '0'}`),
    invalid('a made-up key with a right checksum', `Bearer ${makeApiKey('secret', true)}`),
    invalid('a made-up live key', `Bearer ${makeApiKey('secret', false)}`),
    invalid('a test key that says it is a live one', `Bearer ${test.replace('sk_test_', 'sk_live_')}`),
    invalid('an expired key', `Bearer ${expired.secret}`),
    invalid('a revoked key', `Bearer ${revoked.secret}`),
    invalid('a facility with its AWS access key', 'Bearer AKIATEST'),
    invalid('a facility with its AWS secret', 'Bearer test-secret'),
    invalid('a facility that signs as AWS does', signature),
    invalid('a name and a password', `Basic ${Buffer.from(`${test}:`).toString('base64')}`),
  ]
}

/** Keys of one account: publishable ones, and for each scope one that has only it and one that lacks only it, of each world. */
export async function makeHolders(api: ApiUnderTest, { accountId }: Tenant): Promise<readonly Principal[]> {
  const holders: Principal[] = []
  for (const isTest of [true, false]) {
    const world = isTest ? 'test' : 'live'
    const add = async (name: string, scopes: readonly Scope[], isPublishable = false): Promise<void> => {
      const kind = isPublishable ? 'publishable' : 'secret'
      const { secret } = await makeKey(api, { accountId, isTest, kind, scopes })
      holders.push({
        name: `a ${world} key ${name}`,
        authorization: `Bearer ${secret}`,
        may: { scopes: isPublishable ? publishableScopes : scopes, isTest, isPublishable },
      })
    }
    await add('for pages', publishableScopes, true)
    // Whatever a row says: a publishable key has two scopes at most.
    await add('for pages that was given everything', allScopes, true)
    for (const scope of allScopes) {
      await add(`with ${scope} only`, [scope])
      await add(
        `without ${scope}`,
        allScopes.filter((each) => each !== scope),
      )
    }
  }
  return holders
}

/** The platform's own checkout as it acts for the account, and everybody else who says that they do. */
export async function makeActors(api: ApiUnderTest, { accountId }: Tenant): Promise<readonly Principal[]> {
  const actors: Principal[] = []
  for (const isTest of [true, false]) {
    const world = isTest ? 'test' : 'live'
    const add = async (name: string, scopes: readonly Scope[], may: readonly Scope[]): Promise<void> => {
      const { secret } = await makeKey(api, { accountId, isTest, scopes })
      const authorization = `Bearer ${secret}`
      const what = { scopes: may, isTest, isPublishable: false }
      actors.push({
        name: `a ${world} key ${name} that acts for an account`,
        authorization,
        account: accountId,
        may: what,
      })
    }
    await add('of the checkout', ['checkout:act', ...checkoutScopes], checkoutScopes)
    await add('with everything', allScopes, checkoutScopes)
    await add('with checkout:act only', ['checkout:act'], [])
    await add('with orders:read and checkout:act', ['checkout:act', 'orders:read'], ['orders:read'])
    // A key that may do all that an account can do may still act for nobody.
    await add('without checkout:act', accountScopes, [])
  }
  return actors
}
