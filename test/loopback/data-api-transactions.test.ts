import {
  BatchExecuteStatementCommand,
  CommitTransactionCommand,
  RollbackTransactionCommand,
} from '@aws-sdk/client-rds-data'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { arns, type Harness, startHarness, text, uuid } from './data-api-harness.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let harness: Harness
const execute: Harness['execute'] = (...call) => harness.execute(...call)
const rows: Harness['rows'] = (...call) => harness.rows(...call)
const begin = () => harness.begin()

beforeAll(async () => {
  harness = await startHarness()
})

afterAll(() => harness?.close())

beforeEach(async () => {
  await execute('truncate items')
})

describe('transactions', () => {
  const insert = (transactionId: string) =>
    execute('insert into items (id) values (:id::uuid)', [text('id', uuid)], { transactionId })
  const count = () => rows('select count(*)::int4 as n from items')
  const commit = (transactionId: string) =>
    harness.client.send(new CommitTransactionCommand({ ...arns, transactionId }))
  const rollback = (transactionId: string) =>
    harness.client.send(new RollbackTransactionCommand({ ...arns, transactionId }))

  test('a commit makes the work visible, and the transaction is then unknown', async () => {
    const id = await begin()
    await insert(id)
    expect(await count()).toEqual([{ n: 0 }])
    expect((await commit(id)).transactionStatus).toBe('Transaction Committed')
    expect(await count()).toEqual([{ n: 1 }])
    await expect(insert(id)).rejects.toMatchObject({
      name: 'TransactionNotFoundException',
      message: `Transaction ${id} is not found`,
    })
  })

  test('a rollback forgets the work', async () => {
    const id = await begin()
    await insert(id)
    expect((await rollback(id)).transactionStatus).toBe('Rollback Complete')
    expect(await count()).toEqual([{ n: 0 }])
  })

  test('a failed transaction cannot be committed', async () => {
    const id = await begin()
    await insert(id)
    await expect(insert(id)).rejects.toThrow('SQLState: 23505')
    await expect(execute('select 1', [], { transactionId: id })).rejects.toThrow('SQLState: 25P02')
    await expect(commit(id)).rejects.toThrow('SQLState: 25P02')
    expect(await count()).toEqual([{ n: 0 }])
  })

  test('two calls at once in one transaction are refused', async () => {
    const id = await begin()
    const both = [1, 2].map(() => execute('select pg_sleep(0.2)::text', [], { transactionId: id }))
    const results = await Promise.allSettled(both)
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'DatabaseErrorException', message: 'Transaction is still running a query' },
    })
    await rollback(id)
  })

  test('a transaction that nobody uses for three minutes is rolled back', async () => {
    const id = await begin()
    await insert(id)
    harness.advance(179_000)
    await execute('select 1', [], { transactionId: id })
    harness.advance(181_000)
    await expect(commit(id)).rejects.toMatchObject({ name: 'TransactionNotFoundException' })
    // The row would still be locked if the transaction were alive.
    await execute('insert into items (id) values (:id::uuid)', [text('id', uuid)])
  })

  test('a transaction ends after 24 hours, used or not', async () => {
    const id = await begin()
    for (let minutes = 0; minutes < 24 * 60; minutes += 2) {
      harness.advance(120_000)
      if (minutes % 60 === 0) await execute('select 1', [], { transactionId: id }).catch(() => undefined)
    }
    harness.advance(120_000)
    await expect(commit(id)).rejects.toMatchObject({ name: 'TransactionNotFoundException' })
  })

  test('a batch is all or nothing', async () => {
    const batch = (ids: string[]) =>
      harness.client.send(
        new BatchExecuteStatementCommand({
          ...arns,
          sql: 'insert into items (id) values (:id::uuid)',
          parameterSets: ids.map((id) => [text('id', id)]),
        }),
      )
    const other = uuid.replace(/b$/, 'c')
    await expect(batch([uuid, uuid])).rejects.toThrow('SQLState: 23505')
    expect(await count()).toEqual([{ n: 0 }])
    expect((await batch([uuid, other])).updateResults).toHaveLength(2)
    expect(await count()).toEqual([{ n: 2 }])
  })
})
