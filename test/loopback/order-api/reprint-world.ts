import { PutObjectCommand } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { expect } from 'vitest'
import { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { type Answer, callerOf, fresh, posterByUrl } from './client.ts'
import { openAccount, outsideOf, type TestAccount } from './ledger-world.ts'
import type { ApiUnderTest } from './platform.ts'

export type Wish = Readonly<Record<string, unknown>>
type Ordered = { readonly id: string; readonly items: readonly { readonly id: string }[] }

const poster = { sku: 'poster-a3', quantity: 4, files: { image: 'https://example.com/a.jpg' } }
const paidIn = 10_000_000

/** Orders that were printed, of a customer who paid in; what is said of them without an account is said of that one. */
export async function reprintWorld(api: ApiUnderTest) {
  const call = callerOf(api)
  const outside = outsideOf(api)
  const customerWith = async (amount: number): Promise<TestAccount> => {
    const account = await openAccount(api, { billing: 'prepaid', creditLimitMinor: null })
    const body = { amount, currency: 'EUR' }
    await call('POST', '/v1/ledger/deposits', { key: account.key, headers: fresh(), body })
    return account
  }
  const customer = await customerWith(paidIn)
  const read = async (id: string, { key } = customer) => (await call('GET', `/v1/orders/${id}`, { key })).json
  const balanceOf = async ({ key } = customer): Promise<number> =>
    (await call('GET', '/v1/ledger/balances', { key })).json.data[0].balance

  /** An order that is being printed. Its print files are stored, unless they have expired. */
  const printed = async (items: readonly object[] = [poster], account = customer, areStored = true) => {
    const body = posterByUrl({ items, reference: `R-${crypto.randomUUID()}`, metadata: { shop: 'a' } })
    const placed = await call('POST', '/v1/orders', { key: account.key, headers: fresh(), body })
    expect(placed.status).toBe(201)
    for (const place of items.keys()) await outside.ready(placed.json.id, place)
    for (const place of items.keys()) await outside.says(placed.json.id, 'printing', place)
    const own = await outside.find(placed.json.id)
    const keys = own.items.flatMap(({ printFiles }) => printFiles.map(({ key }) => key))
    for (const Key of areStored ? keys : []) {
      await api.s3.send(new PutObjectCommand({ Bucket: 'print-files', Key, Body: 'print' }))
    }
    return read(own.id, account)
  }

  const printedAgain = async ({ id }: Ordered) => {
    await outside.says(id, 'printing')
    return read(id)
  }

  const reprint = (
    order: Ordered,
    wish: Wish = {},
    headers: Readonly<Record<string, string>> = fresh(),
    { key } = customer,
  ): Promise<Answer> => {
    const items = order.items.map(({ id }) => ({ item_id: id }))
    const body = { items, reason: 'torn cover', fault: 'facility', ...wish }
    return call('POST', `/v1/orders/${order.id}/reprints`, { key, headers, body })
  }

  return {
    call,
    outside,
    poster,
    customer,
    customerWith,
    read,
    balanceOf,
    printed,
    printedAgain,
    reprint,
    ticketsOf: (id: string, kind: string) =>
      api.database.rows(
        ProductionTicket,
        'select body as row from tickets where order_id = :id::text and kind = :kind::text',
        { id, kind },
      ),
    eventsOf: async (id: string): Promise<string[]> =>
      (await call('GET', `/v1/orders/${id}/events`, { key: customer.key })).json.data.map(
        ({ type }: { type: string }) => type,
      ),
    /** What was booked for an order, by ledger. */
    booked: async (orderId: string): Promise<Readonly<Record<string, number>>> => {
      const path = `/v1/ledger/entries?order_id=${orderId}&limit=100`
      const { data } = (await call('GET', path, { key: customer.key })).json
      const sums: Record<string, number> = {}
      for (const { ledger, amount } of data) sums[ledger] = (sums[ledger] ?? 0) + amount
      return sums
    },
    emptied: (account: TestAccount) => emptied(api, account, balanceOf),
    pause: (id: string, isPaused: boolean) => pause(api, id, isPaused),
  }
}

/** Everything that an account has is paid out. */
async function emptied(
  { database }: ApiUnderTest,
  account: TestAccount,
  balanceOf: (of: TestAccount) => Promise<number>,
) {
  const sql = `with booked as (
      insert into ledger_entries (account_id, is_test, id, transaction_id, ledger, amount_minor, currency, cause, at)
      select :id::text, true, 'led_spent_' || ledger, 'txn_spent', ledger, sign * :rest::bigint, 'EUR', 'paid out', now()
      from (values ('prepaid', 1), ('cash', -1)) as sides(ledger, sign))
    update balances set balance_minor = 0 where account_id = :id::text returning jsonb_build_object() as row`
  await database.rows(Type.Unknown(), sql, { id: account.id, rest: await balanceOf(account) })
}

/** A facility takes no more orders, or does so again. */
async function pause(api: ApiUnderTest, id: string, isPaused: boolean): Promise<void> {
  const sql = `update facilities set doc = jsonb_set(doc, '{status}', :status::jsonb) where id = :id::text
    returning jsonb_build_object() as row`
  const status = isPaused ? 'paused' : 'open'
  await api.database.rows(Type.Unknown(), sql, { id, status: JSON.stringify(status) })
  // The directory reads anew after 15 s, and serves what it knows meanwhile.
  api.clock.now = new Date((api.clock.now ?? new Date()).getTime() + 20_000)
  await api.context.facilities.all()
  await expect
    .poll(async () => (await api.context.facilities.all()).find((each) => each.id === id)?.status)
    .toBe(status)
}
