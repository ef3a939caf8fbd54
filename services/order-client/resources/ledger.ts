import type { Read } from '../cache/freshness.ts'
import type { Balance, BalanceList, Deposit, DepositRequest, LedgerEntry, LedgerEntryList } from '../contract-types.ts'
import type { CallOptions } from '../http/caller.ts'
import { everyEntry, withQuery } from '../pages.ts'
import { type Api, dataOf, type OnceOptions } from './api.ts'

/** Balances and bookings. */
export type LedgerCalls = {
  /** One a currency. */
  readonly balances: (options?: CallOptions) => Promise<Read<readonly Balance[]>>
  /** Newest first. */
  readonly entries: (options?: CallOptions) => AsyncGenerator<LedgerEntry>
  /** Pays test money into a test balance; live keys may not. */
  readonly deposit: (deposit: DepositRequest, options?: OnceOptions) => Promise<Deposit>
}

export const ledgerCalls = ({ read, readNow, writeOnce }: Api): LedgerCalls => ({
  balances: async (options) => dataOf(await read<BalanceList>('/v1/ledger/balances', options)),
  entries: (options) =>
    everyEntry((cursor) => readNow<LedgerEntryList>(withQuery('/v1/ledger/entries', { cursor, limit: 100 }), options)),
  deposit: (deposit, options = {}) =>
    writeOnce({ method: 'POST', path: '/v1/ledger/deposits', body: deposit }, options),
})
