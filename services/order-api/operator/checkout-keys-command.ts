import { checkoutScopes, type Scope } from '#contracts/order-api/scopes.ts'
import { retentionDays } from '#contracts/retention.ts'
import { checkoutAccountName } from '../accounts/checkout-account.ts'
import { endOfKey } from '../accounts/end-of-key.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { dateOf, madeKey } from './key-command.ts'
import { createOperatorStore } from './operator-store.ts'
import type { OperatorWorld, Told } from './run-operator.ts'
import { wantedAccount } from './wanted-account.ts'

const scopes: readonly Scope[] = ['checkout:act', ...checkoutScopes]

/** checkout-keys: a key of each world for the platform's own checkout; its account is made the first time. */
export async function makeCheckoutKeys(
  world: OperatorWorld,
  { expires }: { readonly expires: string | undefined },
): Promise<Told> {
  const expiresAt = endOfKey(dateOf(expires), world.now())
  const account = await checkoutAccount(world)
  const wanted = { kind: 'secret', name: 'checkout', scopes, expiresAt } as const
  const live = await madeKey(world, account, { ...wanted, isTest: false })
  const test = await madeKey(world, account, { ...wanted, isTest: true })
  const lines = [
    `Keys of ${account.name} (${account.id}), which act for every account. They are shown this once.`,
    '',
    `  ORDER_API_LIVE_KEY=${live.secret}`,
    `  ORDER_API_TEST_KEY=${test.secret}`,
    '',
    'Two of a world can be live: revoke the older ones when the checkout has the new ones.',
  ]
  return { text: `${lines.join('\n')}\n`, json: { account_id: account.id, live, test } }
}

async function checkoutAccount(world: OperatorWorld): Promise<{ readonly id: string; readonly name: string }> {
  const store = createOperatorStore(world.database, world.now)
  if ((await store.named(checkoutAccountName)).length > 0) return await wantedAccount(world, checkoutAccountName)
  const account = { id: makeIdAt(world.now)('account'), name: checkoutAccountName }
  const terms = {
    ...({ billing: 'invoice', creditLimitMinor: null, currency: 'EUR', graceMinutes: 0 } as const),
    retentionDays: retentionDays.unlessSaid,
  }
  await store.put({ ...account, ...terms, createdAt: world.now().toISOString() })
  return account
}
