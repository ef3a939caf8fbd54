import { LRUCache } from 'lru-cache'
import type { ButtonCheckoutEnvironment } from '#contracts/environment.ts'
import { createClient, type OrderCalls } from '../../order-client/index.ts'

/** Orders of order-api as far as their customer may touch them, acting for the account that sold. */
export type OrdersOfAccount = Pick<OrderCalls, 'get' | 'cancel' | 'change'>

/** Of a checkout: its account and its world. */
export type OrdersOf = (checkout: { readonly accountId: string; readonly isTest: boolean }) => OrdersOfAccount

type Config = Pick<ButtonCheckoutEnvironment, 'ORDER_API_URL' | 'ORDER_API_LIVE_KEY' | 'ORDER_API_TEST_KEY'>

/** Clients are small, and keep the connection and what they learnt of a server that is away. */
const mostClients = 500

/** By the platform's own key, that may act for any account. */
export function createOrdersOf(config: Config): OrdersOf {
  const clients = new LRUCache<string, OrdersOfAccount>({ max: mostClients })
  return ({ accountId, isTest }) => {
    const key = `${accountId}/${isTest}`
    const known = clients.get(key)
    if (known) return known
    const { orders } = createClient({
      baseUrl: config.ORDER_API_URL,
      apiKey: isTest ? config.ORDER_API_TEST_KEY : config.ORDER_API_LIVE_KEY,
      account: accountId,
    })
    clients.set(key, orders)
    return orders
  }
}
