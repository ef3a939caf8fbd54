import type { StoredAccount } from '../accounts/account-store.ts'
import { amountMinorOf } from './amount.ts'
import type { TermsWanted } from './arguments.ts'
import { usageFault } from './operator-fault.ts'

/** The account with the terms that are wanted; throws OperatorFault where they contradict each other. */
export function withTerms(account: StoredAccount, wanted: TermsWanted): StoredAccount {
  const { name = account.name, billing = account.billing, currency = account.currency } = wanted
  const creditLimitMinor = limitOf({ ...account, billing, currency }, account, wanted.limit)
  return {
    ...account,
    name,
    billing,
    currency,
    creditLimitMinor,
    graceMinutes: wanted.graceMinutes ?? account.graceMinutes,
  }
}

function limitOf(after: StoredAccount, before: StoredAccount, wanted: TermsWanted['limit']): number | null {
  if (wanted === 'none') {
    if (after.billing === 'invoice') return null
    throw usageFault('A prepaid account has a limit: say --limit AMOUNT (0: it never goes below zero).')
  }
  if (wanted !== undefined) return amountMinorOf(wanted, after.currency)
  const { creditLimitMinor } = before
  if (creditLimitMinor !== null && creditLimitMinor > 0 && after.currency !== before.currency) {
    throw usageFault(`The limit stands in ${before.currency}: say --limit AMOUNT in ${after.currency} too.`)
  }
  return creditLimitMinor === null && after.billing === 'prepaid' ? 0 : creditLimitMinor
}
