import { retentionDays } from '#contracts/retention.ts'
import { createKeyStore } from '../accounts/key-store.ts'
import { createMemberStore } from '../accounts/member-store.ts'
import { presentAccount, presentKey, presentMember } from '../accounts/present.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { withTerms } from './account-terms.ts'
import type { TermsWanted } from './arguments.ts'
import { exitCodes, OperatorFault, usageFault } from './operator-fault.ts'
import { createOperatorStore, type OperatorStore } from './operator-store.ts'
import type { OperatorWorld, Told } from './run-operator.ts'
import { accountLines, accountText, balanceLines, keyLines, memberLines } from './show-accounts.ts'
import { wantedAccount } from './wanted-account.ts'

const longestName = 100
const unsaid = { retentionDays: retentionDays.unlessSaid } as const
/** More are not shown: whoever has so many looks with the API. */
const mostShown = 200

/** account add NAME: an account without keys. A name is one account's, so that a command that runs twice makes one. */
export async function addAccount(
  { database, now }: OperatorWorld,
  { accountName, terms }: { readonly accountName: string; readonly terms: TermsWanted },
): Promise<Told> {
  const unset = { billing: 'invoice', creditLimitMinor: null, currency: 'EUR', graceMinutes: 0, ...unsaid } as const
  const account = withTerms(
    { id: makeIdAt(now)('account'), name: usableName(accountName), createdAt: now().toISOString(), ...unset },
    terms,
  )
  const store = createOperatorStore(database, now)
  await mustBeFree(store, account)
  await store.put(account)
  const next = `\nIts first key: npm run operator -- key add ${account.id} --live\n`
  return { text: `${accountText(account)}${next}`, json: presentAccount(account) }
}

/** account list: every account. */
export async function listAccounts({ database }: OperatorWorld): Promise<Told> {
  const accounts = await createOperatorStore(database).all()
  return { text: accountLines(accounts), json: { data: accounts.map(presentAccount) } }
}

/** account show ACCOUNT: its terms, keys of both worlds, members and balances. */
export async function showAccount(
  world: OperatorWorld,
  { account: wanted }: { readonly account: string },
): Promise<Told> {
  const account = await wantedAccount(world, wanted)
  const { id: accountId } = account
  const keys = createKeyStore(world.database)
  const [live, test, members, balances] = await Promise.all([
    keys.list({ accountId, isTest: false }, undefined, mostShown),
    keys.list({ accountId, isTest: true }, undefined, mostShown),
    createMemberStore(world.database).list(accountId, undefined, mostShown),
    createOperatorStore(world.database).balances(accountId),
  ])
  const json = {
    ...presentAccount(account),
    api_keys: [...live, ...test].map((key) => presentKey(key, world.now())),
    members: members.map(presentMember),
    balances: balances.map(({ isTest, currency, balanceMinor, limitMinor }) => ({
      is_test: isTest,
      balance: { amount: balanceMinor, currency },
      limit: limitMinor === null ? null : { amount: limitMinor, currency },
    })),
  }
  const parts = [accountText(account), keyLines(json.api_keys), memberLines(json.members), balanceLines(balances)]
  return { text: parts.join('\n'), json }
}

/** account set ACCOUNT: its terms from now on. */
export async function setAccount(
  world: OperatorWorld,
  { account: wanted, terms }: { readonly account: string; readonly terms: TermsWanted },
): Promise<Told> {
  if (Object.keys(terms).length === 0) throw usageFault('"account set" has nothing to change.')
  const before = await wantedAccount(world, wanted)
  const account = withTerms(before, { ...terms, ...(terms.name === undefined ? {} : { name: usableName(terms.name) }) })
  const store = createOperatorStore(world.database, world.now)
  if (account.name !== before.name) await mustBeFree(store, account)
  await store.put(account)
  const text = `${accountText(account)}\nEvery process knows it within 30 s; orders that were placed keep their terms.\n`
  return { text, json: presentAccount(account) }
}

/** Throws OperatorFault. Two operators at the same moment may still make two: then their ids tell them apart. */
async function mustBeFree(store: OperatorStore, { id, name }: { readonly id: string; readonly name: string }) {
  const other = (await store.named(name)).find((account) => account.id !== id)
  if (other) {
    throw new OperatorFault(exitCodes.refused, [
      `There is an account ${JSON.stringify(name)} already: ${other.id}.`,
      'Choose another name, or change that one with "account set".',
    ])
  }
}

function usableName(name: string): string {
  if (name.length <= longestName && !/\p{C}/u.test(name)) return name.trim()
  throw usageFault(`A name has at most ${longestName} characters, and no control characters.`)
}
