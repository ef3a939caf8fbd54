import type { Order } from '#contracts/order-api/order.ts'
import { fresh } from '../../loopback/order-api/client.ts'
import { type Buyer, bought, expect, leftTo } from './buyer.ts'

/** Only shipping is priced anew. */
export async function shipOtherwise(buyer: Buyer, { id, shipping_method }: Order): Promise<void> {
  const { market, key, told } = buyer
  const left = leftTo(buyer)
  const body = { shipping_method: shipping_method === 'standard' ? 'express' : 'standard' }
  const { status, json } = await market.call('PATCH', `/v1/orders/${id}`, { key, body })
  const before = told.get(id)
  if (status === 200 && before) {
    const more = json.charges.gross - before.charges.gross
    expect(buyer, before.draftOf !== undefined || more <= left, `${more} more was taken of ${left}`)
    told.set(id, { ...before, charges: json.charges })
    return
  }
  const isFair = status === 409 || (status === 402 && Number.isFinite(left))
  expect(buyer, isFair, `a change of shipping got ${status} ${json?.code}`)
}

/** Perhaps at the moment at which an item of it fails. */
export async function cancel({ market, key, told }: Buyer, { id, items }: Order, item: number, alsoFails: boolean) {
  const cancelled = market.call('POST', `/v1/orders/${id}/cancel`, { key })
  const isAtWork = !told.get(id)?.draftOf && items[item % items.length]?.files !== undefined
  const failed = alsoFails && isAtWork ? market.outside.rejected(id, item % items.length) : undefined
  await Promise.all([cancelled, failed])
}

/** Its file cannot be printed, or its facility fails. */
export async function fail({ market }: Buyer, { id, items }: Order, item: number): Promise<void> {
  const place = item % items.length
  if (items[place]?.files === undefined) return
  if (items[place]?.job_id === undefined) await market.outside.rejected(id, place)
  else await market.outside.says(id, 'failed', place)
}

export async function print({ market }: Buyer, { id, items }: Order): Promise<void> {
  if (items.some(({ files }) => files === undefined)) return
  for (const place of items.keys()) await market.outside.ready(id, place)
  for (const place of items.keys()) await market.outside.says(id, 'printing', place)
}

export async function reprint(buyer: Buyer, order: Order, fault: 'facility' | 'platform' | 'publisher'): Promise<void> {
  const { market, key, counts } = buyer
  const items = order.items.filter(({ status }) => status === 'printing').map(({ id }) => ({ item_id: id }))
  if (items.length === 0) return
  const left = leftTo(buyer)
  const body = { items, reason: 'torn', fault }
  const { status, json } = await market.call('POST', `/v1/orders/${order.id}/reprints`, { key, headers: fresh(), body })
  if (status === 201) {
    const isFree = fault !== 'publisher'
    counts.reprints += 1
    expect(buyer, (json.payment === 'waived') === isFree, `reprint ${json.id} is ${json.payment}`)
    expect(buyer, isFree || json.charges.gross <= left, `${json.charges.gross} was taken of ${left}`)
    bought(buyer, json, { isFree })
    return
  }
  const isPoor = status === 402 && fault === 'publisher' && Number.isFinite(left)
  expect(buyer, status === 409 || isPoor, `a reprint got ${status} ${json?.code}`)
}
