import type { OrderRequest } from '#contracts/order-api/order-request.ts'
import type { SalesPage } from '#contracts/order-api/sales.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { saleOfOrder } from '../checkouts/sale-of-order.ts'
import { type ApiConfig, apiClient } from './api-client.ts'
import { type OrderOutcome, outcomeOf } from './order-outcome.ts'

/** What the money side asks of order-api. */
export type OrderApi = {
  /** Once a checkout, however often it is sent. */
  readonly place: (checkout: Checkout, order: OrderRequest) => Promise<OrderOutcome>
  /** Throws PrintcloudError. */
  readonly sales: (isTest: boolean, after: string | undefined) => Promise<SalesPage>
}

/** The sweeper has its own pauses; one try a look says best how it went. */
const once = { retries: 0, timeoutMilliseconds: 10_000 } as const

/** By the SDK with the keys of the platform's checkout; orders are placed for the publisher’s account. */
export function createOrderApi(config: ApiConfig): OrderApi {
  const readers = { live: apiClient(config, false, once), test: apiClient(config, true, once) }
  return {
    place: async ({ id, isTest, accountId }, order) => {
      try {
        const taken = await apiClient(config, isTest, { ...once, account: accountId }).orders.create(order, {
          idempotencyKey: id,
        })
        return { kind: 'taken', sale: saleOfOrder({ checkout_id: id, account_id: accountId }, taken) }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    sales: (isTest, after) => readers[isTest ? 'test' : 'live'].sales.page({ after }),
  }
}
