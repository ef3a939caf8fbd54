import { isDeepStrictEqual } from 'node:util'
import type { Order } from '#contracts/order-api/order.ts'
import { fresh } from '../../loopback/order-api/client.ts'
import { type Buyer, bought, expect, leftTo, refresh, send } from './buyer.ts'
import type { Basket, Command } from './commands.ts'
import { draftBodyOf, filesOf, laterBodyOf, quoteBodyOf } from './goods.ts'

type Confirmation = Extract<Command, { type: 'confirm' }>

/** Costs nothing yet, however little there is. */
export async function draft(buyer: Buyer, basket: Basket, isWithoutFiles: boolean, copies: number): Promise<void> {
  const { status, json } = await send(buyer, draftBodyOf(basket, isWithoutFiles), copies)
  expect(buyer, status === 201, `a draft got ${status} ${json?.code}`)
  if (status !== 201) return
  expect(buyer, json.payment === 'unpaid', `draft ${json.id} is ${json.payment}`)
  buyer.counts.drafts += 1
  bought(buyer, json, { draftOf: basket })
}

/** Charged now, files come later. */
export async function orderLater(buyer: Buyer, basket: Basket, copies: number): Promise<void> {
  const left = leftTo(buyer)
  const { status, json } = await send(buyer, laterBodyOf(basket), copies)
  if (status === 201) {
    expect(buyer, json.stage === 'awaiting_files', `order ${json.id} without files is ${json.stage}`)
    expect(buyer, json.charges.gross <= left, `${json.charges.gross} was taken of ${left}`)
    bought(buyer, json)
    return
  }
  buyer.counts.refused += 1
  expect(buyer, status === 402 && Number.isFinite(left), `an order without files got ${status} ${json?.code}`)
}

/** Files change no price, whenever they come. */
export async function sendFiles(buyer: Buyer, { id, stage, items }: Order, all: boolean): Promise<void> {
  const { market, key } = buyer
  const missing = items.filter(({ files }) => files === undefined)
  for (const { id: itemId, sku } of all ? missing : missing.slice(0, 1)) {
    const path = `/v1/orders/${id}/items/${itemId}/files`
    const { status, json } = await market.call('PUT', path, { key, body: filesOf(sku) })
    const expected = stage === 'cancelled' ? 409 : 200
    expect(buyer, status === expected, `files of an order that was ${stage} got ${status} ${json?.code}`)
  }
}

/** A draft becomes an order: by a quote exactly as quoted, whatever prices do in between; without, by those of the moment. */
export async function confirm(buyer: Buyer, { isQuoted, book, percent }: Confirmation, chosen: Order): Promise<void> {
  const { market, key, told } = buyer
  const basket = told.get(chosen.id)?.draftOf
  if (!basket) return
  const quoted = isQuoted ? await quoteFor(buyer, basket, chosen) : undefined
  await market.editPrices(book, percent)
  buyer.counts.edits += 1
  const left = leftTo(buyer)
  const path = `/v1/orders/${chosen.id}/confirm`
  const body = quoted ? { quote_id: quoted.id } : {}
  const once = () => market.call('POST', path, { key, headers: fresh(), body })
  const { status, json } = await once()
  // A day may have passed for all customers.
  if (quoted && json?.code === 'quote_expired' && quoted.expiresAt <= market.now().toISOString()) return
  if (chosen.stage === 'cancelled') {
    expect(buyer, status === 409, `a cancelled draft was confirmed with ${status}`)
    return
  }
  if (quoted) {
    const isCovered = quoted.charges.gross <= left
    expect(buyer, status === (isCovered ? 200 : 402), `${quoted.charges.gross} of ${left} was confirmed with ${status}`)
  } else
    expect(buyer, status === 200 || (status === 402 && Number.isFinite(left)), `confirm got ${status} ${json?.code}`)
  if (status !== 200) {
    buyer.counts.refused += 1
    return
  }
  if (quoted) expect(buyer, isDeepStrictEqual(json.charges, quoted.charges), `${json.id} is not charged as quoted`)
  expect(buyer, json.charges.gross <= left, `${json.charges.gross} was taken of ${left}`)
  told.set(json.id, { charges: json.charges, isFree: false })
  buyer.counts.confirmed += 1
  const again = await once()
  const isSame = again.status === 200 && isDeepStrictEqual(again.json.charges, json.charges)
  expect(buyer, isSame, `a second confirm of ${json.id} got ${again.status} ${again.json?.code}`)
  await refresh(buyer, json.id)
}

async function quoteFor(buyer: Buyer, basket: Basket, { shipping_method }: Order) {
  const { status, json } = await buyer.market.call('POST', '/v1/quotes', { key: buyer.key, body: quoteBodyOf(basket) })
  expect(buyer, status === 201, `a quote for a draft got ${status} ${json?.code}`)
  const option = json.shipping_options?.find(
    (each: { shipping_method: string }) => each.shipping_method === shipping_method,
  )
  return option ? { id: json.id, charges: option.charges, expiresAt: json.expires_at } : undefined
}
