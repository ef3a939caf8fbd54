import type { Charges } from '#contracts/order-api/charges.ts'
import type { Order } from '#contracts/order-api/order.ts'
import type { Quote } from '#contracts/order-api/quote.ts'
import { type Answer, fresh } from '../../loopback/order-api/client.ts'
import type { Basket, Customer } from './commands.ts'
import type { Market } from './market.ts'
import { priceFaults, spentOn, type Told } from './own-ledger.ts'

/** What was done in all sequences. */
export type Counts = {
  orders: number
  quoted: number
  edits: number
  refused: number
  givenBack: number
  reprints: number
  drafts: number
  confirmed: number
}

export type Offer = { readonly basket: Basket; readonly quote: Quote }

/** Somebody who buys, and writes down what they were told: the ledger that all is held against. */
export type Buyer = {
  readonly market: Market
  readonly key: string
  readonly customer: Customer
  readonly counts: Counts
  readonly offers: Offer[]
  /** What each order costs, from the answers to what was asked. */
  readonly told: Map<string, Told>
  /** The orders as they were last seen. */
  readonly orders: Map<string, Order>
  readonly faults: string[]
}

export function expect({ faults }: Buyer, isSo: boolean, words: string): void {
  if (!isSo) faults.push(words)
}

/** What all orders cost until now. */
export function spentBy({ told, orders }: Buyer): number {
  let sum = 0
  for (const [id, each] of told) {
    const order = orders.get(id)
    if (order) sum += spentOn(order, each)
  }
  return sum
}

export const leftTo = (buyer: Buyer): number =>
  buyer.customer.paysIn === 'invoice' ? Number.POSITIVE_INFINITY : buyer.customer.paysIn - spentBy(buyer)

export async function refresh({ market, key, orders }: Buyer, id: string): Promise<void> {
  orders.set(id, (await market.call('GET', `/v1/orders/${id}`, { key })).json)
}

/** Sends one order as often as a nervous client does; all answers must be one. */
export async function send(buyer: Buyer, body: object, copies = 1): Promise<Answer> {
  const { market, key } = buyer
  const headers = fresh()
  const once = () => market.call('POST', '/v1/orders', { key, headers, body })
  const [first, ...others] = await Promise.all([once(), ...Array.from({ length: copies - 1 }, once)])
  const shown = (answer: Answer) => `${answer.status} ${answer.status === 201 ? answer.text : answer.json?.code}`
  for (const other of others) {
    expect(buyer, shown(other) === shown(first), `copies got ${shown(first)} and ${shown(other)}`)
  }
  return first
}

/** Writes down an order that was taken. */
export function bought(buyer: Buyer, order: Order, how: Partial<Omit<Told, 'charges'>> = {}): void {
  const { charges } = order
  buyer.counts.orders += 1
  if (!charges) {
    buyer.faults.push(`order ${order.id} has no price`)
    return
  }
  buyer.told.set(order.id, { charges, isFree: false, ...how })
  buyer.orders.set(order.id, order)
  wholePrice(buyer, charges)
}

export function wholePrice({ faults }: Buyer, charges: Charges): void {
  faults.push(...priceFaults(charges))
}
