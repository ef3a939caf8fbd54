import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { Currency, largestAmountMinor } from '../money.ts'

const strict = { additionalProperties: false } as const
const orNone = Type.Union([Type.Integer(), Type.Null()])

/** The books of one account, as they stand in the list of entries. */
export const ledgers = [
  'prepaid',
  'receivable',
  'sales',
  'shipping',
  'tax_payable',
  'cash',
  'payments',
  'earnings',
  'reprint_facility',
  'reprint_platform',
] as const

/** What an account may spend in one currency, and what it owes. All amounts in minor units. */
export const Balance = Type.Object(
  {
    currency: Currency,
    balance: Type.Integer({ description: 'paid in and not spent; below zero: spent on credit' }),
    limit: { ...orNone, description: 'how far below zero the balance may go; null: without a limit' },
    spendable: { ...orNone, description: 'what the next order may cost: balance and limit; null: without a limit' },
    owed: Type.Integer({ description: 'on invoices and not paid yet; below zero: paid in before it was ordered' }),
  },
  strict,
)
export type Balance = Static<typeof Balance>

/** GET /v1/ledger/balances */
export const BalanceList = Type.Object(
  { data: Type.Array(Balance, { description: 'one a currency; the account’s own is always there' }) },
  strict,
)
export type BalanceList = Static<typeof BalanceList>

/** One side of a booking. The amounts of one transaction add up to zero. */
export const Entry = Type.Object(
  {
    id: Id('ledgerEntry'),
    transaction_id: Id('transaction'),
    ledger: Type.Enum(ledgers, {
      description:
        'prepaid: what you paid in; receivable: what you owe on invoices; payments: what visitors paid at the checkout; earnings: what you earn of it; reprint_…: what a fault cost the facility or us',
    }),
    amount: Type.Integer({
      description: 'in minor units; positive is debit: with prepaid and receivable, what you spend',
    }),
    currency: Currency,
    order_id: Type.Optional(Id('order')),
    cause: Type.String({ description: 'what it was booked for: order, order refunded, deposit' }),
    at: Type.String(),
  },
  strict,
)
export type Entry = Static<typeof Entry>

/** GET /v1/ledger/entries */
export const EntryList = Type.Object(
  {
    data: Type.Array(Entry, { description: 'newest first' }),
    next: Type.Union([Type.String(), Type.Null()], { description: 'cursor of the next page' }),
  },
  strict,
)
export type EntryList = Static<typeof EntryList>

export const exampleDeposit = { amount: 50_000, currency: 'EUR' } as const

/** Body of POST /v1/ledger/deposits. */
export const DepositRequest = Type.Object(
  {
    amount: Type.Integer({ minimum: 1, maximum: largestAmountMinor, description: 'in minor units of the currency' }),
    currency: Currency,
  },
  { ...strict, examples: [exampleDeposit] },
)
export type DepositRequest = Static<typeof DepositRequest>

export const Deposit = Type.Object(
  {
    id: Id('transaction', 'the transaction_id of its entries'),
    object: Type.Literal('deposit'),
    is_test: Type.Boolean(),
    amount: Type.Integer(),
    currency: Currency,
    created_at: Type.String(),
  },
  strict,
)
export type Deposit = Static<typeof Deposit>
