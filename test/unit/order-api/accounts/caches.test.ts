import { expect, test } from 'vitest'
import type { Database } from '#chassis/database.ts'
import { Transient } from '#chassis/errors.ts'
import { createLog } from '#chassis/log.ts'
import { parse } from '#contracts/parse.ts'
import { localPriceBooks } from '../../../../local/prices/local-price-books.ts'
import { createCachedAccounts } from '../../../../services/order-api/accounts/account-cache.ts'
import type { AccountStore, StoredAccount } from '../../../../services/order-api/accounts/account-store.ts'
import { createPriceDirectory } from '../../../../services/order-api/quotes/price-directory.ts'

const log = createLog('test', 'fatal')
const start = Date.parse('2026-11-21T12:00:00Z')
/** Background loads end some turns of the loop later. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

function world() {
  const state = { atSeconds: 0, isDown: false, asked: 0 }
  const now = () => new Date(start + state.atSeconds * 1000)
  const ask = <T>(answer: T): T => {
    state.asked += 1
    if (state.isDown) throw new Transient('The database does not answer')
    return answer
  }
  return { state, now, ask }
}

const accountOf = (id: string, name: string): StoredAccount => ({
  ...{ id, name, billing: 'invoice', creditLimitMinor: null, currency: 'EUR', graceMinutes: 0, retentionDays: 90 },
  createdAt: '2026-11-21T12:00:00Z',
})

/** Two processes on one database. */
function twoProcesses() {
  const { state, now, ask } = world()
  const stored = new Map(['acc_1', 'acc_2'].map((id) => [id, accountOf(id, id)]))
  const store: AccountStore = {
    find: async (id) => ask(stored.get(id)),
    change: async (id, { name = '' }) => {
      stored.set(id, ask(accountOf(id, name)))
      return stored.get(id)
    },
  }
  const [here, there] = [createCachedAccounts(store, { now, log }), createCachedAccounts(store, { now, log })]
  return { state, here, there }
}

test('an account that is changed shows at once where it was changed, and everywhere 5 seconds later', async () => {
  const { state, here, there } = twoProcesses()
  await Promise.all([here.find('acc_1'), there.find('acc_1')])
  await here.change('acc_1', { name: 'New' })
  expect((await here.find('acc_1'))?.name).toBe('New')
  state.atSeconds = 5
  expect((await there.find('acc_1'))?.name).toBe('New')
  expect((await here.find('acc_2'))?.name).toBe('acc_2')
})

test('an account is shown for ten minutes without the database, and is not read for each look with it', async () => {
  const { state, here } = twoProcesses()
  for (let look = 0; look < 100; look += 1) await here.find('acc_1')
  expect(state.asked).toBe(1)
  Object.assign(state, { atSeconds: 600, isDown: true })
  expect((await here.find('acc_1'))?.name).toBe('acc_1')
  await expect(here.find('acc_2')).rejects.toThrow(Transient)
  state.atSeconds = 606
  await expect(here.find('acc_1')).rejects.toThrow(Transient)
  await expect(here.change('acc_1', { name: 'New' })).rejects.toThrow(Transient)
})

test('an account is looked up anew after a change whose answer was lost', async () => {
  const { state, here } = twoProcesses()
  await here.find('acc_1')
  state.isDown = true
  await expect(here.change('acc_1', { name: 'New' })).rejects.toThrow(Transient)
  Object.assign(state, { isDown: false, asked: 0 })
  await here.find('acc_1')
  expect(state.asked).toBe(1)
})

test('prices are never older than 15 s, however long nobody asked; without the database 70 s, and then there are none', async () => {
  const { state, now, ask } = world()
  const [first, second] = localPriceBooks
  if (!first || !second) throw new Error('There are two price books')
  const found = { book: first }
  const database: Database = { rows: async (schema) => ask([parse('row', schema, found.book)]) }
  const { all } = createPriceDirectory(database, now, log)
  const book = async () => (await all())[0]
  expect(await book()).toEqual(first)
  found.book = second
  state.atSeconds = 9
  expect(await book()).toEqual(first)
  state.atSeconds = 14
  expect(await book()).toEqual(first)
  await settled()
  expect(await book()).toEqual(second)
  found.book = first
  state.atSeconds = 3600
  expect(await book()).toEqual(first)
  Object.assign(state, { atSeconds: 3669, isDown: true })
  expect(await book()).toEqual(first)
  state.atSeconds = 3670
  await expect(all()).rejects.toThrow(Transient)
})
