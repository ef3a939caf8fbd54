import type { ButtonCheckoutEnvironment } from '#contracts/environment.ts'
import type { OrderRequest } from '#contracts/order-api/order-request.ts'
import type { SalesPage } from '#contracts/order-api/sales.ts'
import { createClient } from '../../order-client/client.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { standingOfOrder } from '../checkouts/standing-of-order.ts'
import { type OrderOutcome, outcomeOf } from './order-outcome.ts'

/** What the money side asks of order-api. */
export type OrderApi = {
  /** Once a checkout, however often it is sent. */
  readonly place: (checkout: Checkout, order: OrderRequest) => Promise<OrderOutcome>
  /** Throws PrintcloudError. */
  readonly sales: (isTest: boolean, after: string | undefined) => Promise<SalesPage>
}

type Config = Pick<ButtonCheckoutEnvironment, 'ORDER_API_URL' | 'ORDER_API_LIVE_KEY' | 'ORDER_API_TEST_KEY'>

/** The sweeper has its own pauses; one try a look says best how it went. */
const once = { retries: 0, timeoutMilliseconds: 10_000 } as const

/** By the SDK with the keys of the platform's checkout; orders are placed for the publisher’s account. */
export function createOrderApi(config: Config): OrderApi {
  const clientOf = (isTest: boolean, account?: string) =>
    createClient({
      baseUrl: config.ORDER_API_URL,
      apiKey: isTest ? config.ORDER_API_TEST_KEY : config.ORDER_API_LIVE_KEY,
      ...once,
      ...(account === undefined ? {} : { account }),
    })
  const readers = { live: clientOf(false), test: clientOf(true) }
  return {
    place: async ({ id, isTest, accountId }, order) => {
      try {
        const taken = await clientOf(isTest, accountId).orders.create(order, { idempotencyKey: id })
        return { kind: 'taken', sale: standingOfOrder(taken, id, accountId) }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    sales: (isTest, after) => readers[isTest ? 'test' : 'live'].sales.page({ after }),
  }
}
