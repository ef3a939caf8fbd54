import { type CurrencyCode, decimalText } from '#contracts/money.ts'
import { deposit } from '../ledger/deposit.ts'
import { amountMinorOf } from './amount.ts'
import { usageFault } from './operator-fault.ts'
import type { OperatorWorld, Told } from './run-operator.ts'
import { wantedAccount } from './wanted-account.ts'

type WantedDeposit = {
  readonly account: string
  readonly amount: string
  readonly currency: CurrencyCode
  readonly isTest: boolean
  readonly reference: string | undefined
}

const longestReference = 100

/** deposit ACCOUNT AMOUNT CURRENCY: money that came in, onto the balance or against what is owed. */
export async function depositMoney(world: OperatorWorld, wanted: WantedDeposit): Promise<Told> {
  const { currency, isTest, reference = 'deposit' } = wanted
  if (reference.trim() === '' || reference.length > longestReference || /\p{C}/u.test(reference)) {
    throw usageFault(`--reference has 1 to ${longestReference} characters.`)
  }
  const amount = amountMinorOf(wanted.amount, currency)
  const account = await wantedAccount(world, wanted.account)
  const to = account.billing === 'prepaid' ? 'prepaid' : 'receivable'
  const facts = { accountId: account.id, isTest, amount, currency, cause: reference, to } as const
  const { id } = await deposit(world.database, facts, world.now())
  const where = to === 'prepaid' ? 'onto the balance' : 'against what is owed'
  const text = `${decimalText(amount, currency)} ${currency} ${where} of ${account.name} (${isTest ? 'test' : 'live'}): ${id}\n`
  return {
    text,
    json: { transaction_id: id, account_id: account.id, is_test: isTest, to, amount: { amount, currency } },
  }
}
