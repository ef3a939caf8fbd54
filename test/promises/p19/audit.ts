import { isDeepStrictEqual } from 'node:util'
import type { Entry } from '#contracts/order-api/ledger.ts'
import { type Buyer, expect, leftTo, refresh, spentBy } from './buyer.ts'
import { spentOn, type Told } from './own-ledger.ts'

/** Holds the books of the account against those of the buyer. */
export async function audit(buyer: Buyer): Promise<void> {
  const { market, key, told } = buyer
  for (const id of told.keys()) await refresh(buyer, id)
  const { json } = await market.call('GET', '/v1/ledger/balances', { key })
  const [{ balance, owed }] = json.data
  const left = leftTo(buyer)
  if (Number.isFinite(left)) expect(buyer, balance === left, `the balance is ${balance}, and should be ${left}`)
  else expect(buyer, owed === spentBy(buyer), `${owed} is owed, and ${spentBy(buyer)} was told`)
  for (const [id, each] of told) await auditOrder(buyer, id, each)
}

async function auditOrder(buyer: Buyer, id: string, told: Told): Promise<void> {
  const { market, key, orders } = buyer
  const order = orders.get(id)
  const { json } = await market.call('GET', `/v1/ledger/entries?order_id=${id}&limit=100`, { key })
  const entries: readonly Entry[] = json.data
  const sumOf = (some: readonly Entry[]): number => some.reduce((sum, { amount }) => sum + amount, 0)
  const charged = sumOf(entries.filter(({ ledger }) => ledger === 'prepaid' || ledger === 'receivable'))
  const expected = order ? spentOn(order, told) : 0
  expect(buyer, charged === expected, `order ${id} was charged ${charged}, and ${expected} was told`)
  expect(buyer, isDeepStrictEqual(order?.charges, told.charges), `order ${id} shows other charges than were told`)
  expect(buyer, sumOf(entries) === 0, `the bookings of ${id} do not add up`)
  const sales = entries.filter(({ cause }) => cause === 'order' || cause === 'reprint')
  const booked = new Set(sales.map(({ transaction_id }) => transaction_id)).size
  expect(buyer, booked === (told.draftOf ? 0 : 1), `order ${id} was booked ${booked} times`)
}
