import { LRUCache } from 'lru-cache'
import type { OrderCalls } from '../../order-client/index.ts'
import { type ApiConfig, apiClient } from '../orders/api-client.ts'

/** Orders of order-api as far as their customer may touch them, acting for the account that sold. */
export type OrdersOfAccount = Pick<OrderCalls, 'get' | 'cancel' | 'change'>

/** Of a checkout: its account and its world. */
export type OrdersOf = (checkout: { readonly accountId: string; readonly isTest: boolean }) => OrdersOfAccount

/** Clients are small, and keep the connection and what they learnt of a server that is away. */
const mostClients = 500

export function createOrdersOf(config: ApiConfig): OrdersOf {
  const clients = new LRUCache<string, OrdersOfAccount>({ max: mostClients })
  return ({ accountId, isTest }) => {
    const key = `${accountId}/${isTest}`
    const known = clients.get(key)
    if (known) return known
    const { orders } = apiClient(config, isTest, { account: accountId })
    clients.set(key, orders)
    return orders
  }
}
