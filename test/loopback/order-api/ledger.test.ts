import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BalanceList, Deposit, EntryList } from '#contracts/order-api/ledger.ts'
import { Problem } from '#contracts/order-api/problem.ts'
import { issuesOf } from '#contracts/parse.ts'
import { deposit } from '../../../services/order-api/ledger/deposit.ts'
import { type Answer, callerOf, fresh, posterByUrl } from './client.ts'
import { becomeRich, openAccount, type TestAccount, unbalanced, wrongBalances } from './ledger-world.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let customer: TestAccount

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  customer = await openAccount(api, { billing: 'prepaid', creditLimitMinor: null })
})
afterAll(() => api?.close())

const payIn = (
  body: unknown,
  headers: Readonly<Record<string, string>> = fresh(),
  { key } = customer,
): Promise<Answer> => call('POST', '/v1/ledger/deposits', { key, headers, body })
const balances = async ({ key } = customer) => (await call('GET', '/v1/ledger/balances', { key })).json.data
const entries = async (query = '', { key } = customer) =>
  (await call('GET', `/v1/ledger/entries${query}`, { key })).json

function expectProblem({ status, headers, json }: Answer, expected: number, code: string, pointer?: string): void {
  expect([status, json.code, headers.get('content-type')]).toEqual([
    expected,
    code,
    'application/problem+json; charset=utf-8',
  ])
  expect(issuesOf(Problem, json)).toEqual([])
  if (pointer !== undefined) expect(json.errors[0]?.pointer).toBe(pointer)
}

describe('paying in', () => {
  test('a new account has nothing, owes nothing and may spend nothing', async () => {
    const { status, json } = await call('GET', '/v1/ledger/balances', { key: customer.key })
    expect([status, issuesOf(BalanceList, json)]).toEqual([200, []])
    expect(json.data).toEqual([{ currency: 'EUR', balance: 0, limit: 0, spendable: 0, owed: 0 }])
  })

  test('what is paid in can be spent, and is booked as cash that the customer has with us', async () => {
    const { status, json } = await payIn({ amount: 50_000, currency: 'EUR' })
    expect([status, issuesOf(Deposit, json)]).toEqual([201, []])
    expect(await balances()).toEqual([{ currency: 'EUR', balance: 50_000, limit: 0, spendable: 50_000, owed: 0 }])
    const list = await entries()
    expect(issuesOf(EntryList, list)).toEqual([])
    expect(list.data.every(({ transaction_id }: { transaction_id: string }) => transaction_id === json.id)).toBe(true)
    expect(list.data.map(({ ledger, amount }: { ledger: string; amount: number }) => [ledger, amount]).sort()).toEqual([
      ['cash', 50_000],
      ['prepaid', -50_000],
    ])
  })

  test('each currency has a balance of its own; yen have no cents and dinars have three decimals', async () => {
    const other = await openAccount(api, { billing: 'prepaid', creditLimitMinor: 700 })
    await payIn({ amount: 1250, currency: 'JPY' }, fresh(), other)
    await payIn({ amount: 1250, currency: 'BHD' }, fresh(), other)
    expect(await balances(other)).toEqual([
      { currency: 'BHD', balance: 1250, limit: 0, spendable: 1250, owed: 0 },
      { currency: 'EUR', balance: 0, limit: 700, spendable: 700, owed: 0 },
      { currency: 'JPY', balance: 1250, limit: 0, spendable: 1250, owed: 0 },
    ])
  })

  test('the same key pays in once, also five times at one moment, and gives the same answer', async () => {
    const other = await openAccount(api, { billing: 'prepaid', creditLimitMinor: null })
    const headers = fresh()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => payIn({ amount: 700, currency: 'EUR' }, headers, other)),
    )
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers.filter(({ headers: got }) => got.get('idempotent-replayed') === null)).toHaveLength(1)
    expect((await balances(other))[0].balance).toBe(700)
  })

  test('twenty first deposits at one moment all arrive', async () => {
    const other = await openAccount(api, { billing: 'prepaid', creditLimitMinor: null })
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => payIn({ amount: 5, currency: 'CHF' }, fresh(), other)),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201))
    expect(await balances(other)).toContainEqual({ currency: 'CHF', balance: 100, limit: 0, spendable: 100, owed: 0 })
  })

  test('a key that belongs to another deposit, or to an order, is refused, and an order finds a key of a deposit taken', async () => {
    const headers = fresh()
    await payIn({ amount: 1, currency: 'EUR' }, headers)
    expectProblem(await payIn({ amount: 2, currency: 'EUR' }, headers), 422, 'idempotency_key_reused')
    const order = await call('POST', '/v1/orders', { key: customer.key, headers, body: posterByUrl() })
    expectProblem(order, 422, 'idempotency_key_reused')
    const ofOrder = fresh()
    await call('POST', '/v1/orders', { key: customer.key, headers: ofOrder, body: posterByUrl() })
    expectProblem(await payIn({ amount: 2, currency: 'EUR' }, ofOrder), 422, 'idempotency_key_reused')
  })

  test('without a key, or with an unusable one, nothing is paid in', async () => {
    expectProblem(await payIn({ amount: 1, currency: 'EUR' }, {}), 400, 'idempotency_key_missing')
    expectProblem(
      await payIn({ amount: 1, currency: 'EUR' }, { 'idempotency-key': 'a b' }),
      400,
      'idempotency_key_invalid',
    )
  })

  test('live money comes through the operator, who can book it', async () => {
    const { liveKey: key } = customer
    const refused = await call('POST', '/v1/ledger/deposits', {
      key,
      headers: fresh(),
      body: { amount: 1, currency: 'EUR' },
    })
    expectProblem(refused, 403, 'forbidden')
    expect(refused.json.detail).toContain('test world only')
    expect(refused.json.detail).toContain('booked by the operator')
    const facts = { accountId: customer.id, isTest: false, currency: 'EUR', cause: 'bank transfer 42' } as const
    await deposit(api.database, { ...facts, amount: 900 })
    expect((await call('GET', '/v1/ledger/balances', { key })).json.data[0].balance).toBe(900)
    expect((await call('GET', '/v1/ledger/entries', { key })).json.data[0].cause).toBe('bank transfer 42')
    await expect(deposit(api.database, { ...facts, amount: 0.5 })).rejects.toThrow('An amount is')
    await expect(deposit(api.database, { ...facts, accountId: 'acc_none', amount: 1 })).rejects.toThrow('no account')
  })

  test('what is owed on invoices goes down when the operator books that it was paid', async () => {
    const owing = await openAccount(api, { billing: 'invoice', creditLimitMinor: 1000 })
    const facts = { accountId: owing.id, isTest: true, amount: 400, currency: 'EUR', cause: 'invoice 7' } as const
    await deposit(api.database, { ...facts, to: 'receivable' })
    expect(await balances(owing)).toEqual([{ currency: 'EUR', balance: 400, limit: 1000, spendable: 1400, owed: -400 }])
  })
})

describe('paying in on an account that orders on invoices', () => {
  const posterOrder = ({ key }: TestAccount) =>
    call('POST', '/v1/orders', { key, headers: fresh(), body: posterByUrl() })

  test('lowers what is owed; without a limit there is no balance that it could go onto', async () => {
    const owing = await openAccount(api, { billing: 'invoice', creditLimitMinor: null })
    const { gross } = (await posterOrder(owing)).json.charges
    expect((await payIn({ amount: gross + 500, currency: 'EUR' }, fresh(), owing)).status).toBe(201)
    expect(await balances(owing)).toEqual([{ currency: 'EUR', balance: 0, limit: null, spendable: null, owed: -500 }])
    const { data } = await entries('?limit=2', owing)
    expect(data.map(({ ledger, amount }: { ledger: string; amount: number }) => [ledger, amount]).sort()).toEqual([
      ['cash', gross + 500],
      ['receivable', -gross - 500],
    ])
  })

  test('makes room again below a limit', async () => {
    const owing = await openAccount(api, { billing: 'invoice', creditLimitMinor: 2000 })
    const { gross } = (await posterOrder(owing)).json.charges
    await payIn({ amount: gross, currency: 'EUR' }, fresh(), owing)
    expect(await balances(owing)).toEqual([{ currency: 'EUR', balance: 0, limit: 2000, spendable: 2000, owed: 0 }])
  })

  test('what the documentation shows is what the account of a new platform sees', async () => {
    const page = readFileSync(new URL('../../../docs/api/ledger.md', import.meta.url), 'utf8')
    const body = JSON.parse(/-d '(\{"amount".*\})'/.exec(page)?.[1] ?? '')
    const shown = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '')
    const other = await openAccount(api, { billing: 'invoice', creditLimitMinor: null })
    await payIn(body, fresh(), other)
    expect({ data: await balances(other) }).toEqual(shown)
  })
})

describe('the list of bookings', () => {
  test('pages through every entry once, newest first', async () => {
    const other = await openAccount(api, { billing: 'prepaid', creditLimitMinor: null })
    for (let n = 1; n <= 3; n += 1) await payIn({ amount: n, currency: 'EUR' }, fresh(), other)
    const seen: string[] = []
    for (let query = '?limit=4'; query !== ''; ) {
      const { data, next } = await entries(query, other)
      seen.push(...data.map(({ id }: { id: string }) => id))
      query = next === null ? '' : `?limit=4&cursor=${next}`
    }
    expect(seen).toHaveLength(6)
    expect(seen).toEqual([...new Set(seen)].sort().reverse())
  })

  test('a stranger sees nothing of it, also when they know the order', async () => {
    const stranger = await openAccount(api, { billing: 'prepaid', creditLimitMinor: null })
    const order = await call('POST', '/v1/orders', { key: customer.key, headers: fresh(), body: posterByUrl() })
    const unknown = `ord_${'0'.repeat(26)}`
    for (const id of [order.json.id, unknown]) {
      expect(await entries(`?order_id=${id}`, stranger)).toEqual({ data: [], next: null })
    }
    expect((await entries('', stranger)).data).toEqual([])
    expect((await balances(stranger))[0].balance).toBe(0)
  })

  test('the live world sees nothing of the test world', async () => {
    const other = await openAccount(api, { billing: 'prepaid', creditLimitMinor: null })
    await payIn({ amount: 5, currency: 'EUR' }, fresh(), other)
    const asLive = { ...other, key: other.liveKey }
    expect([(await entries('', asLive)).data, (await balances(asLive))[0].balance]).toEqual([[], 0])
  })
})

describe('hostile requests', () => {
  const deep = `{"amount":${'['.repeat(100_000)}${']'.repeat(100_000)},"currency":"EUR"}`
  test.each([
    ['negative money', { amount: -5, currency: 'EUR' }, '/amount'],
    ['no money', { amount: 0, currency: 'EUR' }, '/amount'],
    ['a cent of a cent', { amount: 0.5, currency: 'EUR' }, '/amount'],
    ['more than there is', { amount: 1e308, currency: 'EUR' }, '/amount'],
    ['one above the largest', { amount: 1_000_000_000_001, currency: 'EUR' }, '/amount'],
    ['an amount in words', { amount: '5', currency: 'EUR' }, '/amount'],
    ['a currency that we do not sell in', { amount: 5, currency: 'XAU' }, '/currency'],
    ['a currency with a Cyrillic letter', { amount: 5, currency: 'ЕUR' }, '/currency'],
    ['a currency in lower case', { amount: 5, currency: 'eur' }, '/currency'],
    ['an unknown field', { amount: 5, currency: 'EUR', is_test: false }, '/is_test'],
    ['a list', [], ''],
  ])('%s is refused where it stands', async (_what, body, pointer) => {
    const before = await balances()
    expectProblem(await payIn(body), 422, 'invalid_request', pointer)
    expect(await balances()).toEqual(before)
  })

  test.each([
    ['deep nesting', deep, 422],
    ['half a body', '{"amount":', 400],
    ['an oversized body', `"${'x'.repeat(1_100_000)}"`, 413],
  ])('%s', async (_what, raw, status) => {
    const answer = await call('POST', '/v1/ledger/deposits', { key: customer.key, headers: fresh(), raw })
    expect([answer.status, issuesOf(Problem, answer.json)]).toEqual([status, []])
  })

  test('a balance never grows beyond what numbers hold', async () => {
    const rich = await openAccount(api, { billing: 'prepaid', creditLimitMinor: null })
    await becomeRich(api, rich, 999_000_000_000_000)
    expect((await payIn({ amount: 1_000_000_000_000, currency: 'EUR' }, fresh(), rich)).status).toBe(201)
    expectProblem(await payIn({ amount: 1, currency: 'EUR' }, fresh(), rich), 422, 'invalid_request', '/amount')
    expect((await balances(rich))[0].balance).toBe(1_000_000_000_000_000)
  })

  test.each(['?limit=0', '?limit=101', '?limit=1e2', '?cursor=led_x', '?cursor=%00', '?order_id=1', '?colour=red'])(
    'the list with %s',
    async (query) => {
      expectProblem(await call('GET', `/v1/ledger/entries${query}`, { key: customer.key }), 422, 'invalid_request')
    },
  )

  test('a publishable key sees no money, and nobody without a key', async () => {
    for (const path of ['/v1/ledger/balances', '/v1/ledger/entries']) {
      expectProblem(await call('GET', path, { key: api.publishableKey }), 403, 'forbidden')
      expectProblem(await call('GET', path, { key: '' }), 401, 'unauthenticated')
    }
  })

  test('after everything, every transaction adds up and every balance is what was booked', async () => {
    expect([await unbalanced(api), await wrongBalances(api)]).toEqual([[], []])
  })
})
