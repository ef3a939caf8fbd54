import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localFacilities } from '../../../local/facilities.ts'
import { localPriceBooks } from '../../../local/prices/local-price-books.ts'
import { fillDatabase } from '../../../local/seed/fill-database.ts'
import { hashOfApiKey, makeApiKey } from '../../../services/order-api/auth/api-key.ts'
import { OperatorFault } from '../../../services/order-api/operator/operator-fault.ts'
import { runOperator } from '../../../services/order-api/operator/run-operator.ts'
import { callerOf } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
})
afterAll(() => api?.close())

const operate = (...commandLine: readonly string[]): Promise<string> =>
  runOperator(
    commandLine,
    () => api.database,
    () => new Date(),
  )
const told = async (...commandLine: readonly string[]) => JSON.parse(await operate(...commandLine, '--json'))
const faultOf = async (...commandLine: readonly string[]): Promise<string> => {
  const fault = await operate(...commandLine).catch((error: unknown) => error)
  return fault instanceof OperatorFault ? `${fault.exitCode} ${fault.lines[0]}` : `no fault: ${fault}`
}

describe('the operator', () => {
  test('makes an account that can order at once', async () => {
    const account = await told(
      'account',
      'add',
      'Lighthouse',
      '--billing',
      'prepaid',
      '--limit',
      '99.5',
      '--grace',
      '30',
    )
    expect(account).toMatchObject({
      ...{ name: 'Lighthouse', billing: 'prepaid', grace_minutes: 30 },
      credit_limit: { amount: 9950, currency: 'EUR' },
    })
    const { secret } = await told('key', 'add', 'Lighthouse', '--live', '--name', 'shop', '--scopes', 'account:read')
    expect((await call('GET', '/v1/account', { key: secret })).json).toEqual(account)
    expect((await call('GET', '/v1/orders', { key: secret })).json.code).toBe('insufficient_scope')
  })

  test('sees what the account has', async () => {
    await told('account', 'add', 'Kyoto 印刷', '--billing', 'prepaid', '--currency', 'JPY')
    const { secret } = await told('key', 'add', 'Kyoto 印刷', '--test', '--publishable', '--expires', '2030-01-01')
    await operate('deposit', 'Kyoto 印刷', '5000', 'JPY', '--reference', 'bank 7')
    const text = await operate('account', 'show', 'Kyoto 印刷')
    expect(text).toContain(`pk_test_…${secret.slice(-4)}  live    2030-01-01  never      2`)
    expect(text).toMatch(/live {3}5000 {5}0 {6}JPY/)
    expect(text).not.toContain(secret)
    const [{ balance }] = (await told('account', 'show', 'Kyoto 印刷')).balances
    expect(balance).toEqual({ amount: 5000, currency: 'JPY' })
  })

  test('changes terms, which the account reads within 30 s', async () => {
    const { id } = await told('account', 'add', 'Terms', '--limit', '10')
    const { secret } = await told('key', 'add', id, '--live')
    expect((await api.context.authenticate(secret)).terms.creditLimitMinor).toBe(1000)
    await operate('account', 'set', id, '--no-limit', '--currency', 'BHD', '--name', 'Terms 2')
    await operate('account', 'set', 'Terms 2', '--limit', '1.250')
    api.clock.now = new Date(Date.now() + 31_000)
    expect((await api.context.authenticate(secret)).terms).toMatchObject({ creditLimitMinor: 1250, currency: 'BHD' })
    api.clock.now = undefined
  })

  test('lists every account in columns, whatever their names', async () => {
    const lines = (await operate('account', 'list')).trimEnd().split('\n')
    expect(lines[0]).toMatch(/^ID +NAME +BILLING +LIMIT +CURRENCY +GRACE +CREATED$/)
    expect(lines.length).toBeGreaterThan(2)
    expect((await told('account', 'list')).data).toHaveLength(lines.length - 1)
  })

  test.each([
    ['65 There is no account "nobody".', ['account', 'show', 'nobody']],
    ['64 "account set" has nothing to change.', ['account', 'set', 'Test account']],
    ['64 "account add" takes NAME after it; names with spaces need quotes.', ['account', 'add', 'a', 'b']],
    ['64 There is no command "account".', ['account']],
    ['64 "account list" has no --limit.', ['account', 'list', '--limit', '5']],
    ['64 Say either --live or --test: the world the key works in.', ['key', 'add', 'Test account']],
    ['64 The amount is "1.234".', ['deposit', 'Test account', '1.234', 'EUR']],
    ['64 The amount is "1e3".', ['deposit', 'Test account', '1e3', 'EUR']],
    ['64 The currency is "EURO".', ['deposit', 'Test account', '1', 'EURO']],
    ['65 An amount is 1 to 1000000000000 minor units; found 0.', ['deposit', 'Test account', '0', 'EUR']],
    ['64 --scopes is "root".', ['key', 'add', 'Test account', '--live', '--scopes', 'root']],
    ['64 --grace is "2881".', ['account', 'add', 'a', '--grace', '2881']],
    ['64 --limit and --no-limit exclude each other.', ['account', 'add', 'a', '--limit', '1', '--no-limit']],
    [
      '64 A prepaid account has a limit: say --limit AMOUNT (0: it never goes below zero).',
      ['account', 'add', 'a', '--billing', 'prepaid', '--no-limit'],
    ],
    ['64 A name has at most 100 characters, and no control characters.', ['account', 'add', 'a\u001b[2J']],
    [
      '65 --scopes: a publishable key can have checkout:write, documents:read; found orders:read',
      ['key', 'add', 'Test account', '--live', '--publishable', '--scopes', 'orders:read'],
    ],
  ])('is told "%s"', async (words, commandLine) => {
    expect(await faultOf(...commandLine)).toBe(words)
  })

  test('is refused a second account of a name, made or renamed, so that a command that runs twice makes one', async () => {
    const { id } = await told('account', 'add', 'Once')
    const { id: other } = await told('account', 'add', 'Other')
    const refused = `65 There is an account "Once" already: ${id}.`
    expect(await faultOf('account', 'add', ' Once ')).toBe(refused)
    expect(await faultOf('account', 'set', other, '--name', 'Once')).toBe(refused)
    expect((await told('account', 'set', id, '--name', 'Once', '--grace', '5')).grace_minutes).toBe(5)
  })

  test('reads "none" where an account has no limit', async () => {
    const { id } = await told('account', 'add', 'Endless', '--limit', '10')
    await operate('deposit', id, '5', 'EUR')
    await operate('account', 'set', id, '--no-limit')
    expect(await operate('account', 'show', id)).toMatch(/live {3}5\.00 {5}none {3}EUR/)
    expect((await told('account', 'show', id)).balances).toMatchObject([{ limit: null }])
  })

  test('is told which of two accounts of a name could be meant', async () => {
    const { id } = await told('account', 'add', 'Twin')
    await api.database.rows(
      Type.Unknown(),
      `insert into accounts (id, name, created_at) values ('acc_twin', 'Twin', now()) returning to_jsonb(id) as row`,
      {},
    )
    expect(await faultOf('account', 'show', 'Twin')).toBe('65 More than one account is named "Twin".')
    expect((await told('account', 'show', id)).id).toBe(id)
  })
})

test('a local platform that had keys of the old form gets new ones for the same account', async () => {
  const former = `sk_test_${'0123456789abcdef'.repeat(2)}`
  await api.database.rows(
    Type.Unknown(),
    `with old as (insert into accounts (id, name, created_at) values ('acc_old', 'Old', now()) returning id)
     insert into api_keys (sha256, account_id, kind, is_test, last_four, created_at, revoked_at)
     select :sha256::text, old.id, 'secret', true, 'cdef', now(), now() from old returning to_jsonb(id) as row`,
    { sha256: hashOfApiKey(former) },
  )
  const keys = {
    secretKey: makeApiKey('secret', true),
    publishableKey: makeApiKey('publishable', true),
    liveSecretKey: makeApiKey('secret', false),
    checkoutLiveKey: makeApiKey('secret', false),
    checkoutTestKey: makeApiKey('secret', true),
    formerSecretKey: former,
  }
  const filling = { keys, facilities: localFacilities, priceBooks: localPriceBooks }
  await fillDatabase(api.database, filling)
  await fillDatabase(api.database, filling)
  for (const key of [keys.secretKey, keys.liveSecretKey]) {
    expect((await call('GET', '/v1/account', { key })).json).toMatchObject({ id: 'acc_old', name: 'Old' })
  }
})
