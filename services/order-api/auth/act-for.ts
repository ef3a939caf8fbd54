import type { Database } from '#chassis/database.ts'
import { Refused } from '#chassis/errors.ts'
import { checkoutScopes } from '#contracts/order-api/scopes.ts'
import type { AccountTerms, Principal } from './principal.ts'
import { accountTermsSql, AccountTerms as TermsRow } from './terms-row.ts'

/**
 * The checkout as it acts for an account, in the world of its key: with that account's terms and with what a checkout needs, never with more
 * than the key has itself. Throws Refused: `insufficient_scope` for keys that may act for nobody, `not_found` for an unknown account.
 */
export type ActFor = (checkout: Principal, accountId: string) => Promise<Principal>

export type Acting = { readonly actFor: ActFor; readonly forget: (accountId: string) => void }

const termsSql = `select ${accountTermsSql} as row from accounts a where a.id = :account::text`

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
