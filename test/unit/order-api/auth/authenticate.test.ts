import { expect, test } from 'vitest'
import type { Database } from '#chassis/database.ts'
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
  const { database, state, letGo } = slowDatabase()
  const { authenticate } = createAuthenticator(database, now, log)
  state.found = []
  const first = authenticate(key)
  letGo()
  await expect(first).rejects.toMatchObject({ code: 'unauthenticated' })
  state.found = [row]
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
