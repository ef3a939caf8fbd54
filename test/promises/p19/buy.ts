import { isDeepStrictEqual } from 'node:util'
import type { Charges } from '#contracts/order-api/charges.ts'
import type { Answer } from '../../loopback/order-api/client.ts'
import { type Buyer, bought, expect, leftTo, type Offer, send, wholePrice } from './buyer.ts'
import type { Basket } from './commands.ts'
import { orderBodyOf, quoteBodyOf } from './goods.ts'

export async function askQuote(buyer: Buyer, basket: Basket): Promise<void> {
  const { market, key, offers } = buyer
  const { status, json } = await market.call('POST', '/v1/quotes', { key, body: quoteBodyOf(basket) })
  expect(buyer, status === 201, `a quote got ${status} ${json?.code}`)
  if (status !== 201) return
  offers.push({ basket, quote: json })
  for (const { charges } of json.shipping_options) wholePrice(buyer, charges)
}

/** By the prices of the moment: they are told with the answer. */
export async function order(buyer: Buyer, basket: Basket, copies: number): Promise<void> {
  const left = leftTo(buyer)
  const { status, json } = await send(buyer, orderBodyOf(basket), copies)
  if (status === 201) {
    expect(buyer, json.charges.gross <= left, `${json.charges.gross} was taken of ${left}`)
    bought(buyer, json)
    return
  }
  buyer.counts.refused += 1
  const isPoor = status === 402 && Number.isFinite(left)
  expect(buyer, isPoor, `an order got ${status} ${json?.code}`)
}

/** By a quote: exactly that is charged, whatever the prices are now. */
export async function orderQuoted(buyer: Buyer, { basket, quote }: Offer, copies: number): Promise<void> {
  const option = quote.shipping_options.find(({ shipping_method }) => shipping_method === basket.method)
  if (!option) return
  const before = buyer.market.now().toISOString()
  const left = leftTo(buyer)
  const answer = await send(buyer, { ...orderBodyOf(basket), quote_id: quote.id }, copies)
  if (answer.status === 409) {
    expect(buyer, isOver(buyer, quote.expires_at), 'a quote was refused before its time')
    return
  }
  expect(buyer, before < quote.expires_at, 'a quote was taken after its time')
  const isCovered = option.charges.gross <= left
  expect(buyer, answer.status === (isCovered ? 201 : 402), `${option.charges.gross} of ${left} got ${answer.status}`)
  if (answer.status === 201) boughtAsQuoted(buyer, answer, option.charges)
  else buyer.counts.refused += 1
}

function boughtAsQuoted(buyer: Buyer, { json }: Answer, charges: Charges): void {
  buyer.counts.quoted += 1
  expect(buyer, isDeepStrictEqual(json.charges, charges), `order ${json.id} is not charged as quoted`)
  bought(buyer, json)
}

/** Something else than what was quoted. */
export async function orderChanged(buyer: Buyer, { basket, quote }: Offer, more: number): Promise<void> {
  const items = basket.items.map((item, place) => (place === 0 ? { ...item, quantity: item.quantity + more } : item))
  const body = { ...orderBodyOf({ ...basket, items }), quote_id: quote.id }
  await wantRefused(buyer, body, quote.expires_at, ['quote_mismatch'])
}

/** A quote with one character of ours replaced by one of theirs. */
export async function orderForged(buyer: Buyer, { basket, quote }: Offer, wanted: number): Promise<void> {
  const { id } = quote
  const at = 4 + (wanted % (id.length - 5))
  const quote_id = `${id.slice(0, at)}${id[at] === 'A' ? 'B' : 'A'}${id.slice(at + 1)}`
  const body = { ...orderBodyOf(basket), quote_id }
  await wantRefused(buyer, body, quote.expires_at, ['quote_invalid', 'invalid_request'])
}

async function wantRefused(buyer: Buyer, body: object, expiresAt: string, codes: readonly string[]): Promise<void> {
  const { status, json } = await send(buyer, body)
  const isLate = json?.code === 'quote_expired' && isOver(buyer, expiresAt)
  expect(buyer, isLate || codes.includes(json?.code), `instead of ${codes.join(' or ')} came ${status} ${json?.code}`)
}

const isOver = ({ market }: Buyer, expiresAt: string): boolean => expiresAt <= market.now().toISOString()
