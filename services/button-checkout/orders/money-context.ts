import type { Keyring } from '#chassis/keyring.ts'
import type { Log } from '#chassis/log.ts'
import type { Payments } from '../payment/payments.ts'
import type { CheckoutStore } from '../store/checkout-store.ts'
import type { PlainItems } from '../store/plain-items.ts'
import type { OrderApi } from './order-api.ts'

/** What settling, ordering and giving back work with. */
export type MoneyContext = {
  readonly store: CheckoutStore
  readonly items: PlainItems
  readonly payments: Payments
  readonly orders: OrderApi
  readonly keyring: Keyring
  /** Without a slash at the end. */
  readonly checkoutUrl: string
  readonly now: () => Date
  readonly log: Log
}
