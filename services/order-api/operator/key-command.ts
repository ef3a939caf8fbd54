import type { NewApiKey } from '#contracts/order-api/api-key.ts'
import type { Scope } from '#contracts/order-api/scopes.ts'
import { endOfKey } from '../accounts/end-of-key.ts'
import { createKeyStore } from '../accounts/key-store.ts'
import { presentKey } from '../accounts/present.ts'
import { requirePossibleScopes } from '../accounts/wanted-key.ts'
import { hashOfApiKey, type KeyKind, makeApiKey } from '../auth/api-key.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { exitCodes, OperatorFault, usageFault } from './operator-fault.ts'
import type { OperatorWorld, Told } from './run-operator.ts'
import { wantedAccount } from './wanted-account.ts'

type WantedKey = {
  readonly account: string
  readonly isTest: boolean
  readonly kind: KeyKind
  readonly scopes: readonly Scope[] | null
  readonly keyName: string
  readonly expires: string | undefined
}

/** key add ACCOUNT: a key that is shown this once. */
export async function addKey(world: OperatorWorld, wanted: WantedKey): Promise<Told> {
  const { isTest, kind, keyName: name, scopes } = wanted
  if (name.length === 0 || name.length > 80 || /\p{C}/u.test(name)) throw usageFault('--name has 1 to 80 characters.')
  if (scopes) requirePossibleScopes(kind, scopes)
  const expiresAt = endOfKey(dateOf(wanted.expires), world.now())
  const account = await wantedAccount(world, wanted.account)
  const key = await madeKey(world, account, { isTest, kind, name, scopes, expiresAt })
  const end = key.expires_at === null ? 'without an end' : `until ${key.expires_at}`
  const what = scopes === null ? 'all that its kind may do' : key.scopes.join(', ')
  const text = `${key.id} of ${account.name} (${isTest ? 'test' : 'live'}): ${what}, ${end}.\n\n  ${key.secret}\n\nIt is shown this once; only its hash is kept.\n`
  return { text, json: key }
}

type KeyOf = Pick<WantedKey, 'isTest' | 'kind' | 'scopes'> & {
  readonly name: string
  readonly expiresAt: string | null
}

/** A new key with its secret. Throws OperatorFault where its name or its world has as many as there may be. */
export async function madeKey(
  { database, now }: OperatorWorld,
  account: { readonly id: string; readonly name: string },
  { isTest, ...wanted }: KeyOf,
): Promise<NewApiKey> {
  const secret = makeApiKey(wanted.kind, isTest)
  const made = await createKeyStore(database).insert(
    { accountId: account.id, isTest },
    { ...wanted, id: makeIdAt(now)('key'), sha256: hashOfApiKey(secret), lastFour: secret.slice(-4) },
    now(),
  )
  if (!made) throw tooMany(account.name, wanted.name)
  return { ...presentKey(made, now()), secret }
}

/** A day alone is its first moment, UTC. */
export const dateOf = (text: string | undefined): string | undefined =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text

const tooMany = (account: string, name: string): OperatorFault =>
  new OperatorFault(exitCodes.refused, [
    `${account} has two live keys named ${JSON.stringify(name)} in that world already, or 100 in all.`,
    'Revoke one (DELETE /v1/api_keys/:id), or choose another --name.',
  ])
