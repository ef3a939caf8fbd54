import type { Database } from '#chassis/database.ts'
import { Refused } from '#chassis/errors.ts'
import { Id } from '#contracts/ids.ts'
import { checkoutScopes } from '#contracts/order-api/scopes.ts'
import { matches } from '#contracts/parse.ts'
import type { AccountTerms, Principal } from './principal.ts'
import { accountTermsSql, AccountTerms as TermsRow } from './terms-row.ts'

/**
 * The checkout as it acts for an account, in the world of its key: with that account's terms and with what a checkout needs, never with more
 * than the key has itself. Throws Refused: `insufficient_scope` for keys that may act for nobody, `invalid_request` for what is no id,
 * `not_found` for an unknown account.
 */
export type ActFor = (checkout: Principal, accountId: string) => Promise<Principal>

export type Acting = { readonly actFor: ActFor; readonly forget: (accountId: string) => void }

const termsSql = `select ${accountTermsSql} as row from accounts a where a.id = :account::text`

const AccountId = Id('account')

/** As long as a key is remembered with its terms. */
const rememberedMilliseconds = 30_000
const mostRemembered = 10_000

export function createActFor(database: Database, now: () => Date): Acting {
  const remembered = new Map<string, { readonly terms: AccountTerms; readonly untilEpochMs: number }>()

  const termsOf = async (accountId: string): Promise<AccountTerms> => {
    const known = remembered.get(accountId)
    if (known && known.untilEpochMs > now().getTime()) return known.terms
    const [terms] = await database.rows(TermsRow, termsSql, { account: accountId })
    if (!terms) throw new Refused('not_found', `There is no account ${accountId}.`)
    if (remembered.size >= mostRemembered) remembered.clear()
    remembered.set(accountId, { terms, untilEpochMs: now().getTime() + rememberedMilliseconds })
    return terms
  }
  return {
    actFor: async (checkout, accountId) => {
      if (!checkout.scopes.includes('checkout:act')) throw mayNot()
      if (!matches(AccountId, accountId)) throw isNoId()
      return {
        ...checkout,
        accountId,
        scopes: checkoutScopes.filter((scope) => checkout.scopes.includes(scope)),
        terms: await termsOf(accountId),
        checkoutAccountId: checkout.accountId,
      }
    },
    forget: (accountId) => void remembered.delete(accountId),
  }
}

const mayNot = (): Refused =>
  new Refused('insufficient_scope', 'Printcloud-Account needs the scope checkout:act; leave the header out.')

/** Two of the header are one text with a comma in it. */
const isNoId = (): Refused =>
  new Refused('invalid_request', 'Printcloud-Account must be one id of an account: acc_ and 26 characters.')
