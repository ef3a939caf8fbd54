import { Type } from 'typebox'
import { type Database, RuleBroken } from '#chassis/database.ts'
import { Refused } from '#chassis/errors.ts'
import { largestAmountMinor } from '#contracts/money.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { bookDeposit, type DepositFacts, depositEntries, hasRoom, largestBalanceMinor } from './book-deposit.ts'

const Terms = Type.Object({ isInvoicedWithLimit: Type.Boolean() })
const termsSql = `select jsonb_build_object(
    'isInvoicedWithLimit', a.billing = 'invoice' and a.credit_limit_minor is not null) as row
  from accounts a where a.id = :account::text`

/**
 * Books money that came in, for the operator; gives the id of the transaction. Every call is a deposit of its own.
 * Throws Refused: `not_found` for an unknown account, `invalid_request` for an amount that cannot be.
 */
export async function deposit(database: Database, facts: DepositFacts, now = new Date()): Promise<{ id: string }> {
  const { amount, to = 'prepaid' } = facts
  if (!Number.isInteger(amount) || amount < 1 || amount > largestAmountMinor) {
    throw new Refused('invalid_request', `An amount is 1 to ${largestAmountMinor} minor units; found ${amount}.`)
  }
  const [terms] = await database.rows(Terms, termsSql, { account: facts.accountId })
  if (!terms) throw new Refused('not_found', `There is no account ${facts.accountId}.`)
  const entries = depositEntries(
    facts,
    makeIdAt(() => now),
  )
  const hasBalance = to === 'prepaid' || terms.isInvoicedWithLimit
  const booking = { facts, entries, hasBalance, at: now, claim: `select 1 where ${hasRoom}` }
  const { isBooked } = await bookDeposit(database, booking).catch((error: unknown) => {
    // The database client sent it a second time after a lost answer: the first one stands.
    if (error instanceof RuleBroken && error.rule === 'ledger_entries_pkey') return { isBooked: true }
    throw error
  })
  if (!isBooked) {
    throw new Refused('invalid_request', `The balance would be more than ${largestBalanceMinor}; pay in less.`)
  }
  return { id: entries[0]?.transactionId ?? '' }
}
