import { describe, expect, test } from 'vitest'
import type { Database } from '#chassis/database.ts'
import { Transient } from '#chassis/errors.ts'
import { Overloaded } from '#chassis/http/shedding.ts'
import { createLog } from '#chassis/log.ts'
import { parse } from '#contracts/parse.ts'
import { hashOfApiKey, makeApiKey } from '../../../../services/order-api/auth/api-key.ts'
import { createAuthenticator } from '../../../../services/order-api/auth/authenticate.ts'

const key = makeApiKey('secret', true)
const now = () => new Date('2026-11-21T12:00:00Z')
const row = {
  ...{ accountId: 'acc_1', keyId: 'key_1', sha256: hashOfApiKey(key), kind: 'secret', isTest: true, scopes: null },
  ...{ expiresAt: null, lastUsedAt: now().toISOString() },
  terms: { billing: 'invoice', creditLimitMinor: null, currency: 'EUR', graceMinutes: 0 },
}

/** A database whose answers wait until they are let go; each finds what `found` holds at the time that it was asked. */
function slowDatabase() {
  const waiting: (() => void)[] = []
  const state: { found: readonly object[]; asked: number } = { found: [row], asked: 0 }
  const database: Database = {
    rows: async (schema) => {
      state.asked += 1
      const { found } = state
      await new Promise<void>((go) => waiting.push(go))
      return found.map((each) => parse('row', schema, each))
    },
  }
  const letGo = (): void => {
    for (const go of waiting.splice(0)) go()
  }
  return { database, state, letGo }
}

const log = createLog('test', 'fatal')

test('however many requests come with a key at once, it is looked up once', async () => {
  const { database, state, letGo } = slowDatabase()
  const { authenticate } = createAuthenticator(database, now, log)
  const answers = Array.from({ length: 100 }, () => authenticate(key))
  letGo()
  expect(new Set(await Promise.all(answers)).size).toBe(1)
  await authenticate(key)
  expect(state.asked).toBe(1)
})

test('a key that is revoked while it is looked up lets in nobody who comes afterwards', async () => {
  const { database, state, letGo } = slowDatabase()
  const { authenticate, forget } = createAuthenticator(database, now, log)
  const before = authenticate(key)
  state.found = []
  forget('acc_1')
  const after = authenticate(key)
  letGo()
  expect((await before).keyId).toBe('key_1')
  await expect(after).rejects.toMatchObject({ code: 'unauthenticated' })
  const again = authenticate(key)
  letGo()
  await expect(again).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('a look that failed is made again', async () => {
  const { database, letGo } = slowDatabase()
  const failures = [new Transient('The database does not answer')]
  const rows: Database['rows'] = (...asked) => {
    const failure = failures.pop()
    return failure ? Promise.reject(failure) : database.rows(...asked)
  }
  const { authenticate } = createAuthenticator({ rows }, now, log)
  await expect(authenticate(key)).rejects.toThrow('The database does not answer')
  const second = authenticate(key)
  letGo()
  expect((await second).accountId).toBe('acc_1')
})

test('a row of another key lets nobody in', async () => {
  const { database, state, letGo } = slowDatabase()
  state.found = [{ ...row, sha256: hashOfApiKey(makeApiKey('secret', true)) }]
  const answer = createAuthenticator(database, now, log).authenticate(key)
  letGo()
  await expect(answer).rejects.toMatchObject({ code: 'unauthenticated' })
})

describe('a flood of well-formed keys that nobody was given', () => {
  /** A database that knows one key, and answers at once. */
  function knowing(sha256: string) {
    const state = { asked: 0 }
    const database: Database = {
      rows: async (schema, _sql, parameters) => {
        state.asked += 1
        return Object.values(parameters ?? {}).includes(sha256) ? [parse('row', schema, { ...row, sha256 })] : []
      },
    }
    return { database, state }
  }
  const refusal = (given: Promise<unknown>): Promise<unknown> =>
    given.then(
      () => undefined,
      (error: unknown) => error,
    )

  test('costs one look a key in 10 seconds, and the key may be made meanwhile', async () => {
    const { database, state } = knowing('none')
    let at = now().getTime()
    const { authenticate } = createAuthenticator(database, () => new Date(at), log)
    for (let times = 0; times < 50; times += 1) {
      expect(await refusal(authenticate(key))).toMatchObject({ code: 'unauthenticated' })
    }
    expect(state.asked).toBe(1)
    at += 10_000
    await refusal(authenticate(key))
    expect(state.asked).toBe(2)
  })

  test('that is made a moment later works at once where it was made, and within 10 seconds elsewhere', async () => {
    const { database, state, letGo } = slowDatabase()
    let at = now().getTime()
    const here = createAuthenticator(database, () => new Date(at), log)
    const elsewhere = createAuthenticator(database, () => new Date(at), log)
    state.found = []
    const before = [here, elsewhere].map(({ authenticate }) => refusal(authenticate(key)))
    letGo()
    await Promise.all(before)
    state.found = [row]
    here.forget('acc_1')
    const atOnce = here.authenticate(key)
    letGo()
    expect((await atOnce).keyId).toBe('key_1')
    at += 10_000
    const later = elsewhere.authenticate(key)
    letGo()
    expect((await later).keyId).toBe('key_1')
  })

  test('asks the database for so many at a time; more are told to come back, and whoever is known is served', async () => {
    const { database, state, letGo } = slowDatabase()
    let at = now().getTime()
    const { authenticate } = createAuthenticator(database, () => new Date(at), log)
    const known = authenticate(key)
    letGo()
    await known
    state.found = []
    const flood = Array.from({ length: 500 }, () => refusal(authenticate(makeApiKey('secret', true))))
    expect(state.asked).toBe(51)
    // Also when it has to be looked up anew.
    at += 31_000
    state.found = [row]
    const again = authenticate(key)
    expect(state.asked).toBe(52)
    letGo()
    expect((await again).keyId).toBe('key_1')
    const answers = await Promise.all(flood)
    expect(answers.filter((each) => each instanceof Overloaded)).toHaveLength(450)
    expect(answers.find((each) => each instanceof Overloaded)).toMatchObject({ retryAfterSeconds: 1 })
    state.found = []
    const next = refusal(authenticate(makeApiKey('secret', true)))
    letGo()
    expect(await next).toMatchObject({ code: 'unauthenticated' })
  })

  test('takes no more memory than ten thousand of them', async () => {
    const { database, state } = knowing('none')
    const { authenticate } = createAuthenticator(database, now, log)
    for (let times = 0; times < 10_001; times += 1) await refusal(authenticate(`sk_test_${times}`))
    await refusal(authenticate('sk_test_10000'))
    expect(state.asked).toBe(10_001)
    await refusal(authenticate('sk_test_0'))
    expect(state.asked).toBe(10_002)
  })
})
