import { CommitTransactionCommand, ExecuteStatementCommand } from '@aws-sdk/client-rds-data'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { arns, clientFor, type Harness, startHarness, text, uuid } from './data-api-harness.ts'

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

describe('bad days', () => {
  test('a cluster that resumes says so as often as it was told to', async () => {
    await harness.setFaults({ resuming: 2 })
    for (const _ of [1, 2])
      await expect(execute('select 1')).rejects.toMatchObject({
        name: 'DatabaseResumingException',
        message: expect.stringContaining('is resuming after being auto-paused'),
      })
    await execute('select 1')
    await expect(harness.setFaults({ resuming: -1 })).resolves.toMatchObject({ message: expect.any(String) })
  })

  test('an unavailable database is retried by the SDK', async () => {
    await harness.setFaults({ unavailable: 1 })
    await expect(execute('select 1')).rejects.toMatchObject({ $metadata: { httpStatusCode: 504 } })
    await harness.setFaults({ unavailable: 1 })
    const patient = clientFor(harness.dataApi.url, 3)
    const { $metadata } = await patient.send(new ExecuteStatementCommand({ ...arns, sql: 'select 1' }))
    expect($metadata.attempts).toBe(2)
    patient.destroy()
  })

  test('a lost reply leaves the work done', async () => {
    await harness.setFaults({ loseReplies: 1 })
    await expect(execute('insert into items (id) values (:id::uuid)', [text('id', uuid)])).rejects.toThrow()
    expect(await rows('select count(*)::int4 as n from items')).toEqual([{ n: 1 }])
  })

  test('16 clients at once are all served, by 10 connections', async () => {
    const calls = Array.from({ length: 16 }, async (_, index) => {
      for (let turn = 0; turn < 10; turn++)
        await execute('insert into items (id, size) values (gen_random_uuid(), :n)', [
          { name: 'n', value: { longValue: index * 10 + turn } },
        ])
    })
    await Promise.all(calls)
    expect(await rows('select count(distinct size)::int4 as n from items')).toEqual([{ n: 160 }])
    expect(
      await rows(`select count(*)::int4 <= 10 as few from pg_stat_activity where application_name = 'data-api'`),
    ).toEqual([{ few: true }])
  })

  test('a waiting statement holds no other up', async () => {
    const id = await begin()
    await execute('insert into items (id) values (:id::uuid)', [text('id', uuid)], { transactionId: id })
    const waiting = Array.from({ length: 9 }, () =>
      execute('insert into items (id) values (:id::uuid)', [text('id', uuid)]),
    )
    const settled = Promise.allSettled(waiting)
    expect(await rows('select 1 as one')).toEqual([{ one: 1 }])
    await harness.client.send(new CommitTransactionCommand({ ...arns, transactionId: id }))
    expect(await settled).toMatchObject(waiting.map(() => ({ status: 'rejected' })))
  })

  test('PostgreSQL may go and come back: calls meanwhile fail as retryable, then go on', async () => {
    const id = await begin()
    await harness.stopPostgres()
    for (let call = 0; call < 12; call++)
      await expect(execute('select 1')).rejects.toMatchObject({
        name: 'DatabaseUnavailableException',
        $metadata: { httpStatusCode: 504 },
      })
    await harness.restartPostgres()
    await vi.waitUntil(
      () =>
        execute('select 1').then(
          () => true,
          () => false,
        ),
      20_000,
    )
    await Promise.all(Array.from({ length: 20 }, () => execute('select 1')))
    await expect(execute('select 1', [], { transactionId: id })).rejects.toMatchObject({
      name: 'TransactionNotFoundException',
    })
  })
})
