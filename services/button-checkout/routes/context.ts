import type { FastifyInstance } from 'fastify'
import type { Keyring } from '#chassis/keyring.ts'
import type { Log } from '#chassis/log.ts'
import type { ButtonCheckoutEnvironment } from '#contracts/environment.ts'
import type { OrdersOf } from '../aftercare/orders-of-account.ts'
import type { Seller } from '../invoice/seller.ts'
import type { Published } from '../offer/published.ts'
import type { Assets } from '../pages/assets.ts'
import type { Payments } from '../payment/payments.ts'
import type { CheckoutStore } from '../store/checkout-store.ts'
import type { PlainItems } from '../store/plain-items.ts'

/** What the routes work with. */
export type CheckoutContext = {
  readonly config: ButtonCheckoutEnvironment
  readonly store: CheckoutStore
  readonly items: PlainItems
  readonly published: Published
  readonly payments: Payments
  /** Of order-api, for who looks after an order that was placed. */
  readonly ordersOf: OrdersOf
  readonly keyring: Keyring
  readonly seller: Seller
  readonly assets: Assets
  readonly log: Log
  readonly now: () => Date
}

export type AddRoutes = (app: FastifyInstance, context: CheckoutContext) => void
