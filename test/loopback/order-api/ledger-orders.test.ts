import postgres from 'postgres'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Answer, callerOf, fresh, posterByUrl } from './client.ts'
import { changeLimit, openAccount, outsideOf, type TestAccount, unbalanced, wrongBalances } from './ledger-world.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let outside: ReturnType<typeof outsideOf>
let posterPrice: number

const files = { image: 'https://example.com/a.jpg' }
const poster = { sku: 'poster-a3', quantity: 1, files }
const magazine = { sku: 'magazine-a5', quantity: 3, pages: 16, files: { interior: 'https://example.com/a.pdf' } }
const canvas = { sku: 'canvas-20x20', quantity: 1, files }

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  outside = outsideOf(api)
  const anyone = await openAccount(api, { billing: 'invoice', creditLimitMinor: null })
  posterPrice = (await order(anyone, [poster])).json.charges.gross
  expect(posterPrice).toBeGreaterThan(0)
})
afterAll(() => api?.close())

const order = (
  { key }: TestAccount,
  items: readonly object[],
  headers: Readonly<Record<string, string>> = fresh(),
): Promise<Answer> => call('POST', '/v1/orders', { key, headers, body: posterByUrl({ items }) })
const cancel = ({ key }: TestAccount, id: string) => call('POST', `/v1/orders/${id}/cancel`, { key })
const balanceOf = async ({ key }: TestAccount) => (await call('GET', '/v1/ledger/balances', { key })).json.data[0]
const paymentOf = async ({ key }: TestAccount, id: string) =>
  (await call('GET', `/v1/orders/${id}`, { key })).json.payment
const refundsOf = async ({ key }: TestAccount, id: string): Promise<number[]> => {
  const { json } = await call('GET', `/v1/orders/${id}/events`, { key })
  return json.data
    .filter(({ type }: { type: string }) => type === 'order.refunded')
    .map(({ data }: { data: { amount: number } }) => data.amount)
}

/** A customer who paid in this much. */
async function customerWith(amount: number): Promise<TestAccount> {
  const account = await openAccount(api, { billing: 'prepaid', creditLimitMinor: null })
  const body = { amount, currency: 'EUR' }
  expect((await call('POST', '/v1/ledger/deposits', { key: account.key, headers: fresh(), body })).status).toBe(201)
  return account
}

/** Opens a balance that others cannot see yet, until somebody waits for it; what `then` does meets it. */
async function whileOpening<T>({ id }: TestAccount, then: () => Promise<T>): Promise<T> {
  const sql = postgres(api.postgresUrl, { max: 1 })
  try {
    const { met } = await sql.begin(async (transaction) => {
      await transaction`insert into balances (account_id, is_test, currency, balance_minor, limit_minor)
        values (${id}, true, 'EUR', 0, 0)`
      const meeting = then()
      const waiting = `select to_jsonb(pid) as row from pg_stat_activity where wait_event = 'transactionid'`
      await vi.waitFor(async () => expect(await api.database.rows(Type.Integer(), waiting)).toHaveLength(1), 20_000)
      // It ends after this transaction: in an object, so that nobody waits for it here.
      return { met: meeting }
    })
    return await met
  } finally {
    await sql.end()
  }
}
const euros = (cents: number): string => (cents / 100).toFixed(2)

describe('who pays in advance', () => {
  test('spends what was paid in and not a cent more, however many orders come at one moment', async () => {
    const account = await customerWith(posterPrice * 7 + posterPrice - 1)
    const sent = Array.from({ length: 200 }, () => fresh())
    const answers = await Promise.all(sent.map((headers) => order(account, [poster], headers)))
    const taken = answers.filter(({ status }) => status === 201)
    const refused = answers.filter(({ status }) => status === 402)
    expect([taken.length, refused.length]).toEqual([7, 193])
    expect(new Set(refused.map(({ json }) => json.code))).toEqual(new Set(['insufficient_credit']))
    expect(refused[0]?.json.detail).toContain(`This order costs ${euros(posterPrice)} EUR, and `)
    expect(taken.every(({ json }) => json.payment === 'paid')).toBe(true)
    expect(await balanceOf(account)).toMatchObject({ balance: posterPrice - 1, spendable: posterPrice - 1 })
    // The keys of those that were refused are free: with one cent more, one of them orders.
    const body = { amount: 1, currency: 'EUR' }
    await call('POST', '/v1/ledger/deposits', { key: account.key, headers: fresh(), body })
    const place = answers.findIndex(({ status }) => status === 402)
    const again = await order(account, [poster], sent[place])
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, null])
    expect((await balanceOf(account)).balance).toBe(0)
  })

  test('is told what the order costs and what there is, and in the live world that the operator books money', async () => {
    const account = await customerWith(posterPrice - 1)
    const costs = `This order costs ${euros(posterPrice)} EUR, and`
    expect((await order(account, [poster])).json.detail).toBe(
      `${costs} ${euros(posterPrice - 1)} EUR can be spent. Pay in with POST /v1/ledger/deposits; then send the same request again.`,
    )
    expect((await order({ ...account, key: account.liveKey }, [poster])).json.detail).toBe(
      `${costs} 0.00 EUR can be spent. Live money is booked by the operator when it has come (docs/operator.md); then send the same request again.`,
    )
  })

  test('is charged once for an order that is sent five times at one moment, and again later', async () => {
    const account = await customerWith(posterPrice * 10)
    const headers = fresh()
    await Promise.all(Array.from({ length: 5 }, () => order(account, [poster], headers)))
    expect((await order(account, [poster], headers)).headers.get('idempotent-replayed')).toBe('true')
    expect((await balanceOf(account)).balance).toBe(posterPrice * 9)
  })

  test('gets back exactly what was paid when the order is cancelled, once, also from twenty cancellations', async () => {
    const account = await customerWith(posterPrice)
    const { json } = await order(account, [poster])
    expect((await balanceOf(account)).balance).toBe(0)
    await Promise.all(Array.from({ length: 20 }, () => cancel(account, json.id)))
    expect((await balanceOf(account)).balance).toBe(posterPrice)
    expect([await paymentOf(account, json.id), await refundsOf(account, json.id)]).toEqual(['refunded', [posterPrice]])
  })

  test('gets back the line of an item that cannot be printed, and its shipping when its facility sends nothing else', async () => {
    const account = await customerWith(1_000_000)
    const { json } = await order(account, [magazine, magazine, canvas])
    const { lines, shipping, gross } = json.charges
    expect(shipping.map(({ items }: { items: number[] }) => items)).toEqual([[0, 1], [2]])
    await outside.rejected(json.id, 0)
    expect(await refundsOf(account, json.id)).toEqual([lines[0].gross])
    await outside.rejected(json.id, 2)
    expect((await refundsOf(account, json.id))[1]).toBe(lines[2].gross + shipping[1].gross)
    expect(await paymentOf(account, json.id)).toBe('partially_refunded')
    await outside.rejected(json.id, 1)
    expect((await refundsOf(account, json.id))[2]).toBe(lines[1].gross + shipping[0].gross)
    expect([await paymentOf(account, json.id), (await balanceOf(account)).balance]).toEqual(['refunded', 1_000_000])
    expect(gross).toBe((await refundsOf(account, json.id)).reduce((sum, each) => sum + each, 0))
  })

  test('gets each price back once when cancellation and failure meet', async () => {
    const account = await customerWith(1_000_000)
    for (let round = 0; round < 5; round += 1) {
      const { json } = await order(account, [magazine, canvas])
      await Promise.all([outside.rejected(json.id, 0), cancel(account, json.id), outside.rejected(json.id, 1)])
      await cancel(account, json.id)
      const returned = (await refundsOf(account, json.id)).reduce((sum, each) => sum + each, 0)
      expect([returned, await paymentOf(account, json.id)]).toEqual([json.charges.gross, 'refunded'])
    }
    expect((await balanceOf(account)).balance).toBe(1_000_000)
  })

  test('gets back what the facility fails to print', async () => {
    const account = await customerWith(1_000_000)
    const { json } = await order(account, [magazine, canvas])
    await outside.ready(json.id, 0)
    await outside.ready(json.id, 1)
    await outside.says(json.id, 'failed', 1)
    await outside.says(json.id, 'failed', 1)
    const { lines, shipping } = json.charges
    expect(await refundsOf(account, json.id)).toEqual([lines[1].gross + shipping[1].gross])
  })

  test('is not held against a limit that was lowered when money comes back, and spends no more below it', async () => {
    const account = await openAccount(api, { billing: 'prepaid', creditLimitMinor: posterPrice * 3 })
    const first = (await order(account, [poster])).json
    await order(account, [poster])
    await changeLimit(api, account, 0)
    expect((await order(account, [poster])).status).toBe(402)
    expect((await cancel(account, first.id)).json.payment).toBe('refunded')
    expect(await balanceOf(account)).toMatchObject({ balance: -posterPrice, limit: 0, spendable: 0 })
    await changeLimit(api, account, posterPrice * 2)
    expect((await order(account, [poster])).status).toBe(201)
    expect((await order(account, [poster])).status).toBe(402)
  })

  test('may be at the very first order of a currency, by many at once', async () => {
    const account = await openAccount(api, { billing: 'prepaid', creditLimitMinor: posterPrice * 4 })
    const answers = await Promise.all(Array.from({ length: 30 }, () => order(account, [poster])))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4)
    expect(answers.filter(({ status }) => status === 402)).toHaveLength(26)
    expect((await balanceOf(account)).balance).toBe(-posterPrice * 4)
  })

  test('has credit in its own currency and in no other', async () => {
    const account = await openAccount(api, { billing: 'prepaid', creditLimitMinor: 1_000_000 })
    const { key } = account
    const wanted = { recipient: { country: 'NL' }, currency: 'GBP', items: [{ sku: 'poster-a3', quantity: 1 }] }
    const quote = (await call('POST', '/v1/quotes', { key, body: wanted })).json
    const { charges } = quote.shipping_options[0]
    const body = { ...posterByUrl({ items: [poster] }), quote_id: quote.id }
    const place = () => call('POST', '/v1/orders', { key, headers: fresh(), body })
    expect((await place()).json.code).toBe('insufficient_credit')
    const pounds = { amount: charges.gross, currency: 'GBP' }
    await call('POST', '/v1/ledger/deposits', { key, headers: fresh(), body: pounds })
    expect([(await place()).status, (await place()).status]).toEqual([201, 402])
    const { json } = await call('GET', '/v1/ledger/balances', { key })
    expect(json.data).toContainEqual({ currency: 'GBP', balance: 0, limit: 0, spendable: 0, owed: 0 })
  })

  test('has the first order of a currency taken, also when its balance is opened by another one at that moment', async () => {
    const account = await openAccount(api, { billing: 'prepaid', creditLimitMinor: posterPrice })
    const answer = await whileOpening(account, () => order(account, [poster]))
    expect(answer.status).toBe(201)
    expect((await balanceOf(account)).balance).toBe(-posterPrice)
  })

  test('pays a draft when it is confirmed, not before', async () => {
    const account = await customerWith(posterPrice)
    const draft = { ...posterByUrl({ items: [poster] }), draft: true }
    const place = async () =>
      (await call('POST', '/v1/orders', { key: account.key, headers: fresh(), body: draft })).json
    const [one, other] = [await place(), await place()]
    expect((await balanceOf(account)).balance).toBe(posterPrice)
    const confirm = (id: string) => call('POST', `/v1/orders/${id}/confirm`, { key: account.key })
    const answers = await Promise.all([one.id, other.id].map(confirm))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 402])
    expect((await balanceOf(account)).balance).toBe(0)
  })
})

describe('who gets an invoice', () => {
  test('owes what was ordered, up to the limit', async () => {
    const account = await openAccount(api, { billing: 'invoice', creditLimitMinor: posterPrice * 2 })
    const answers = await Promise.all(Array.from({ length: 10 }, () => order(account, [poster])))
    const taken = answers.filter(({ status }) => status === 201)
    expect([taken.length, taken[0]?.json.payment]).toEqual([2, 'authorised'])
    const spent = { balance: -posterPrice * 2, limit: posterPrice * 2, spendable: 0, owed: posterPrice * 2 }
    expect(await balanceOf(account)).toMatchObject(spent)
    await cancel(account, taken[0]?.json.id)
    expect(await balanceOf(account)).toMatchObject({ spendable: posterPrice, owed: posterPrice })
  })

  test('without a limit owes without one', async () => {
    const account = await openAccount(api, { billing: 'invoice', creditLimitMinor: null })
    await Promise.all(Array.from({ length: 3 }, () => order(account, [poster])))
    const owed = { currency: 'EUR', balance: 0, limit: null, spendable: null, owed: posterPrice * 3 }
    expect(await balanceOf(account)).toEqual(owed)
  })
})

describe('the books', () => {
  test('show what an order cost and gave back: four ledgers, adding up to zero', async () => {
    const account = await customerWith(posterPrice)
    const { json } = await order(account, [poster])
    await cancel(account, json.id)
    const { data } = (await call('GET', `/v1/ledger/entries?order_id=${json.id}`, { key: account.key })).json
    const of = (cause: string) =>
      Object.fromEntries(
        data
          .filter((entry: { cause: string }) => entry.cause === cause)
          .map(({ ledger, amount }: { ledger: string; amount: number }) => [ledger, amount]),
      )
    const { lines, shipping, tax_amount, gross } = json.charges
    const sale = { prepaid: gross, sales: -lines[0].net, shipping: -shipping[0].net, tax_payable: -tax_amount }
    expect(of('order')).toEqual(sale)
    const opposite = Object.fromEntries(Object.entries(sale).map(([ledger, amount]) => [ledger, -amount]))
    expect(of('order refunded')).toEqual(opposite)
  })

  test('after everything, every transaction adds up and every balance is what was booked', async () => {
    expect([await unbalanced(api), await wrongBalances(api)]).toEqual([[], []])
  })
})
