import type { Answer } from '../../loopback/order-api/client.ts'
import type { Customer } from './commands.ts'

/** What an item's processor and its facility may say of it. */
export type Outside = {
  readonly ready: (orderId: string, place: number) => Promise<void>
  readonly rejected: (orderId: string, place: number) => Promise<void>
  readonly says: (orderId: string, status: 'printing' | 'failed', place: number) => Promise<void>
}

type Call = { readonly key: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }

/** Where everybody buys: the API, who prints, who makes prices, and the time. */
export type Market = {
  readonly call: (method: string, path: string, call: Call) => Promise<Answer>
  readonly outside: Outside
  /** A new account with what its customer pays in; gives its key. */
  readonly open: (customer: Customer) => Promise<string>
  /** Another price for everything in one book; it holds as soon as somebody reads it. */
  readonly editPrices: (book: number, percent: number) => Promise<void>
  readonly pass: (milliseconds: number) => void
  readonly now: () => Date
  /** What is wrong in the books as a whole. */
  readonly faults: () => Promise<readonly string[]>
}
