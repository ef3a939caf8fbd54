import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createKeyring } from '#chassis/keyring.ts'
import type { Log } from '#chassis/log.ts'
import type { CheckoutWorkerEnvironment } from '#contracts/environment.ts'
import { createOrdersOf, type OrdersOf } from './aftercare/orders-of-account.ts'
import { linkPath } from './checkouts/links.ts'
import { readSeller } from './invoice/read-seller.ts'
import type { Seller } from './invoice/seller.ts'
import type { Mailer } from './mail/mailer.ts'
import type { MailContext } from './mail/send-due-mails.ts'
import type { MoneyContext } from './orders/money-context.ts'
import { createOrderApi } from './orders/order-api.ts'
import { behindGates } from './orders/patient-ports.ts'
import type { Payments } from './payment/payments.ts'
import { createCheckoutStore } from './store/dynamo-store.ts'
import { createPlainItems } from './store/plain-items.ts'

export type WorkerParts = {
  readonly config: CheckoutWorkerEnvironment
  readonly dynamo: DynamoDBClient
  readonly payments: Payments
  readonly mailer: Mailer
  readonly log: Log
  readonly now: () => Date
}

/** What the worker works with. */
export type WorkerContext = {
  readonly money: MoneyContext
  readonly mails: MailContext
  readonly ordersOf: OrdersOf
  readonly seller: Seller
}

/** Puts it together. Throws what SELLER or MASTER_KEYS lack. */
export function createWorkerContext({ config, dynamo, log, now, ...parts }: WorkerParts): WorkerContext {
  const { orders, payments, mailer } = behindGates({ ...parts, orders: createOrderApi(config) })
  const keyring = createKeyring(config.MASTER_KEYS)
  const store = createCheckoutStore(dynamo, config.CHECKOUT_TABLE, now)
  const items = createPlainItems(dynamo, config.CHECKOUT_TABLE)
  const seller = readSeller(config.SELLER)
  const checkoutUrl = config.CHECKOUT_URL
  return {
    money: { store, items, payments, orders, keyring, checkoutUrl, now, log },
    mails: { store, mailer, now, seller, orderUrlOf: (id) => `${checkoutUrl}${linkPath(keyring, 'order', id)}` },
    ordersOf: createOrdersOf(config),
    seller,
  }
}
