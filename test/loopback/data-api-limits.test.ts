import type { SqlParameter } from '@aws-sdk/client-rds-data'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { arns, type Harness, startHarness, text, uuid } from './data-api-harness.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let harness: Harness
const execute: Harness['execute'] = (...call) => harness.execute(...call)
const rows: Harness['rows'] = (...call) => harness.rows(...call)

beforeAll(async () => {
  harness = await startHarness()
})

afterAll(() => harness?.close())

beforeEach(async () => {
  await execute('truncate items')
})

describe('limits and errors', () => {
  test('a unique violation names its constraint and its SQLState', async () => {
    const insert = () => execute('insert into items (id) values (:id::uuid)', [text('id', uuid)])
    await insert()
    await expect(insert()).rejects.toMatchObject({
      name: 'DatabaseErrorException',
      message: 'ERROR: duplicate key value violates unique constraint "items_pkey"; SQLState: 23505',
      $metadata: { httpStatusCode: 400 },
    })
  })

  test('a result over 1 MiB is refused, one just under it is not', async () => {
    const sql = `select repeat('x', 1024) as x from generate_series(1, :n)`
    const n = (longValue: number): SqlParameter[] => [{ name: 'n', value: { longValue } }]
    expect((await execute(sql, n(1024))).records).toHaveLength(1024)
    await expect(execute(sql, n(1025))).rejects.toMatchObject({
      name: 'UnsupportedResultException',
      message: 'Database returned more than the allowed response size limit',
    })
  })

  test('a row over 64 KiB is refused, one just under it is not', async () => {
    expect((await execute(`select repeat('x', 65536) as x`)).records).toHaveLength(1)
    await expect(execute(`select repeat('x', 65537) as x`)).rejects.toMatchObject({
      name: 'UnsupportedResultException',
    })
  })

  test('a request over 4 MiB is refused', async () => {
    await expect(execute('select length(:x)', [text('x', 'x'.repeat(4 * 1024 * 1024))])).rejects.toMatchObject({
      name: 'BadRequestException',
    })
  })

  test('a statement that runs too long is ended', async () => {
    await expect(execute('select pg_sleep(30)::text')).rejects.toMatchObject({
      name: 'StatementTimeoutException',
      message: 'Request timed out',
    })
  })

  test('a statement that may continue after the timeout does', async () => {
    const sql = `insert into items (id, word) select :id::uuid, 'late' from pg_sleep(2)`
    await expect(execute(sql, [text('id', uuid)], { continueAfterTimeout: true })).rejects.toMatchObject({
      name: 'StatementTimeoutException',
    })
    await vi.waitUntil(async () => JSON.stringify(await rows('select word from items')) === '[{"word":"late"}]', 20_000)
  })

  test('a wrong cluster, secret, database or schema is refused', async () => {
    const wrong = { resourceArn: `${arns.resourceArn}2` }
    await expect(execute('select 1', [], wrong)).rejects.toMatchObject({ name: 'BadRequestException' })
    await expect(execute('select 1', [], { secretArn: 'x' })).rejects.toMatchObject({ name: 'BadRequestException' })
    await expect(execute('select 1', [], { database: 'x' })).rejects.toMatchObject({ name: 'DatabaseErrorException' })
    await expect(execute('select 1', [], { schema: 'x' })).rejects.toMatchObject({ name: 'ValidationException' })
  })

  test('a request that is not signed for the Data API is forbidden', async () => {
    const body = JSON.stringify({ ...arns, sql: 'select 1' })
    const post = (headers: Record<string, string>) =>
      fetch(`${harness.dataApi.url}/Execute`, { method: 'POST', headers, body }).then(({ status }) => status)
    expect(await post({})).toBe(403)
    expect(await post({ authorization: 'Bearer x' })).toBe(403)
  })

  test('statements that would change the session or the transaction are refused', async () => {
    for (const sql of ['begin', 'COMMIT', '/* x */ rollback', "set search_path = 'x'", 'copy items to stdout'])
      await expect(execute(sql)).rejects.toMatchObject({ name: 'ValidationException' })
  })
})
