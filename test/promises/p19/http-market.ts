import { Type } from 'typebox'
import { deposit } from '../../../services/order-api/ledger/deposit.ts'
import { callerOf } from '../../loopback/order-api/client.ts'
import { openAccount, outsideOf, unbalanced, wrongBalances } from '../../loopback/order-api/ledger-world.ts'
import type { ApiUnderTest } from '../../loopback/order-api/platform.ts'
import { editedBook } from './edited-book.ts'
import type { Market } from './market.ts'

const editSql = `update price_books set doc = :doc::jsonb
  where facility_id = :facility::text and currency = :currency::text returning jsonb_build_object() as row`
/** Longer than price books are remembered. */
const readAnewMilliseconds = 16_000

/** The real API over HTTP, on a real database. */
export function httpMarket(api: ApiUnderTest): Market {
  const now = (): Date => api.clock.now ?? new Date()
  const pass = (milliseconds: number): void => {
    api.clock.now = new Date(now().getTime() + milliseconds)
  }
  pass(0)
  return {
    call: callerOf(api),
    outside: outsideOf(api),
    open: async ({ paysIn, isTest }) => {
      const billing = paysIn === 'invoice' ? 'invoice' : 'prepaid'
      const account = await openAccount(api, { billing, creditLimitMinor: null })
      if (paysIn !== 'invoice') {
        const facts = { accountId: account.id, isTest, amount: paysIn, currency: 'EUR', cause: 'deposit' } as const
        await deposit(api.database, facts, now())
      }
      return isTest ? account.key : account.liveKey
    },
    editPrices: async (place, percent) => {
      const book = editedBook(place, percent)
      const parameters = { doc: JSON.stringify(book), facility: book.facilityId, currency: book.currency }
      await api.database.rows(Type.Unknown(), editSql, parameters)
      pass(readAnewMilliseconds)
    },
    pass,
    now,
    faults: async () => [
      ...(await unbalanced(api)).map((id) => `transaction ${id} does not add up`),
      ...(await wrongBalances(api)).map((row) => `a balance is not what was booked: ${JSON.stringify(row)}`),
    ],
  }
}
