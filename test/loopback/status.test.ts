import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RDSDataClient } from '@aws-sdk/client-rds-data'
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '#chassis/database.ts'
import { createLog } from '#chassis/log.ts'
import { parse } from '#contracts/parse.ts'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { documentPaths, keyOfPath } from '#contracts/published/document-paths.ts'
import { StatusDocument } from '#contracts/published/status-document.ts'
import { createApp } from '../../services/order-api/app.ts'
import { createAuthenticator } from '../../services/order-api/auth/authenticate.ts'
import { tellStatus } from '../../services/order-api/status-page/tell-status.ts'
import { type Listening, listening } from './listening.ts'
import { callerOf, fresh, posterByUrl } from './order-api/client.ts'
import { type ApiUnderTest, startApi } from './order-api/platform.ts'
import { nodeOfTheMachine } from './pages/node-of-the-machine.ts'

const probeScript = join(import.meta.dirname, '..', '..', 'scripts', 'probe.mjs')
const log = createLog('test', 'fatal')
const buckets = ['documents', 'documents-standby'] as const

let api: ApiUnderTest
let folder = ''
let cdn: Listening | undefined
let cdnUrl = ''
let killable: FastifyInstance | undefined
let killableUrl = ''

const read = async (bucket: string, path: string) => {
  const object = await api.s3.send(new GetObjectCommand({ Bucket: bucket, Key: keyOfPath(path) }))
  return { ...object, text: (await object.Body?.transformToString()) ?? '' }
}
const statusIn = async (bucket: string, path: string) =>
  parse('status', StatusDocument, JSON.parse((await read(bucket, path)).text))

/** One that nobody listens for. */
function goneDatabase() {
  const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret' }
  const address = { region: 'eu-west-1', endpoint: 'http://127.0.0.1:1' }
  const client = new RDSDataClient({ ...address, credentials, maxAttempts: 1 })
  return createDatabase(client, { DATABASE_RESOURCE_ARN: 'a', DATABASE_SECRET_ARN: 'b', DATABASE_NAME: 'c' })
}

beforeAll(async () => {
  api = await startApi()
  folder = await mkdtemp(join(tmpdir(), 'printcloud-probe-'))
  const catalogue = JSON.stringify({ object: 'catalogue', data: [] })
  const put = { Bucket: 'documents', Key: keyOfPath(documentPaths.catalogue), Body: catalogue }
  await api.s3.send(new PutObjectCommand(put))
  const documents = createServer(async (request, response) => {
    const found = await read('documents', request.url ?? '').catch(() => undefined)
    response.writeHead(found ? 200 : 404).end(found?.text)
  })
  cdn = await listening(documents)
  cdnUrl = cdn.url
  killable = await createApp(api.context, 'http://127.0.0.1')
  killableUrl = await killable.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await killable?.close()
  await cdn?.close()
  await api?.close()
  await rm(folder, { recursive: true, force: true })
})

describe('what the platform says of itself', () => {
  const places = () => buckets.map((bucket) => ({ s3: api.s3, bucket }))
  const tell = (now: Date, changes: Partial<Parameters<typeof tellStatus>[0]> = {}) =>
    tellStatus({ database: api.database, places: places(), log, now: () => now, ...changes })
  const partsIn = async (bucket: string): Promise<string[]> =>
    (await statusIn(bucket, documentPaths.status)).parts.map(({ name, condition }) => `${name} ${condition}`)
  const works = ['orders', 'processing', 'delivery', 'documents', 'webhooks'].map((name) => `${name} working`)

  test('lies in both regions, with the age that caches may give it and the tag that drops it', async () => {
    await api.database.rows(Type.String(), `update documents set written = wanted returning to_jsonb(path) as row`)
    await tell(new Date())
    expect(await Promise.all(buckets.map(partsIn))).toEqual([works, works])
    const { CacheControl, ContentType, Metadata } = await read('documents', documentPaths.status)
    expect([CacheControl, ContentType, Metadata]).toEqual([
      cacheRules.status,
      'application/json; charset=utf-8',
      { 'cache-tag': 'status:platform' },
    ])
  })

  test('comes from what waits: an order, a job, an edit and an event that nobody takes', async () => {
    const call = callerOf(api)
    const { json } = await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })
    const hours = (count: number): Date => new Date(Date.now() + count * 3_600_000)
    await tell(hours(0.5))
    expect(await partsIn('documents')).toContain('processing degraded')
    await api.database.rows(
      Type.String(),
      `with late as (insert into documents (path, kind, subject, wanted, changed_at, next_at)
          values ('/public/v1/late.json', 'catalogue', '{}', 1, now(), now())),
        queued as (update order_items set status = 'queued' where order_id = :id::text),
        job as (insert into tickets (id, account_id, order_id, item_id, kind, queue, body, created_at, ring_at, rings)
          select 'tkt_late', account_id, order_id, item_id, 'production', 'nl-utrecht', '{}', now(), now(), 0
          from tickets where order_id = :id::text),
        hook as (insert into webhooks (account_id, is_test, id, slot, url, event_types, description, enabled, secrets, created_at, updated_at)
          select id, true, 'whk_late', 20, 'https://example.com', '[]', '', true, '[]', now(), now() from accounts limit 1
          returning account_id),
        due as (insert into webhook_deliveries (account_id, is_test, webhook_id, id, event_id, sequence, state, tries, attempts, log, next_at, created_at)
          select account_id, true, 'whk_late', 'del_late', 'evt_late', 1, 'pending', 0, 0, '[]', now(), now() from hook)
      select to_jsonb('done'::text) as row`,
      { id: json.id },
    )
    await tell(hours(80))
    const status = await statusIn('documents-standby', documentPaths.status)
    expect(status).toMatchObject({ condition: 'down' })
    expect(status.parts).toMatchObject([
      { name: 'orders', condition: 'working' },
      { name: 'processing', condition: 'working' },
      {
        name: 'delivery',
        condition: 'degraded',
        detail: expect.stringMatching(/^1 of \d+ facilities has not taken a job for 3 days/),
      },
      { name: 'documents', condition: 'down', detail: 'An edit has waited 3 days to be published.' },
      { name: 'webhooks', condition: 'down', detail: 'An event is 3 days late.' },
    ])
  })

  test('is told when its database is gone, and into the other region when one is gone', async () => {
    const standby = { s3: api.s3, bucket: 'documents-standby' }
    await tell(new Date(), { database: goneDatabase(), places: [{ s3: api.s3, bucket: 'no-such-bucket' }, standby] })
    expect(await partsIn('documents-standby')).toContain('orders down')
  })
})

describe('the probe', () => {
  type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string }
  const probe = async (...words: string[]): Promise<Ended> => {
    const endpoint = await api.s3.config.endpoint?.()
    const env = {
      AWS_ACCESS_KEY_ID: 'AKIATEST',
      AWS_SECRET_ACCESS_KEY: 'test-secret',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_S3: `http://${endpoint?.hostname}:${endpoint?.port}`,
    }
    return new Promise((resolve) => {
      execFile(nodeOfTheMachine(), [probeScript, ...words], { env }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
      })
    })
  }
  const parts = ({ stdout }: Ended) => parse('status', StatusDocument, JSON.parse(stdout)).parts
  const addresses = () => ['--api', killableUrl, '--cdn', cdnUrl]

  test('on the machine’s own Node says that all works, and until when it will look again', async () => {
    const ended = await probe(...addresses(), '--next', '180')
    expect([ended.code, parts(ended).map(({ condition }) => condition)]).toEqual([0, ['working', 'working']])
    const { at, next_at: nextAt } = JSON.parse(ended.stdout)
    expect(Date.parse(nextAt) - Date.parse(at)).toBe(180_000)
  })

  test('puts what it saw into both buckets with a signature that S3 takes, as caches may keep it', async () => {
    const { code, stderr } = await probe(
      ...addresses(),
      '--bucket',
      'documents',
      '--bucket',
      'documents-standby@eu-west-1',
    )
    expect([code, stderr]).toEqual([0, ''])
    for (const bucket of buckets) {
      expect(await statusIn(bucket, documentPaths.probe)).toMatchObject({ written_by: 'probe', condition: 'working' })
    }
    const { CacheControl, ContentType, Metadata } = await read('documents', documentPaths.probe)
    expect([CacheControl, ContentType, Metadata]).toEqual([
      cacheRules.status,
      'application/json; charset=utf-8',
      { 'cache-tag': 'status:probe' },
    ])
  })

  test('says that a missing publication makes documents degraded', async () => {
    const ended = await probe(...addresses(), '--publication', 'pub_missing')
    expect(ended.code).toBe(1)
    expect(parts(ended)[1]).toEqual({ name: 'documents', condition: 'degraded', detail: 'The answer was 404.' })
  })

  test('says how the checkout is, where there is one: pages, and whether what is filled in can be kept', async () => {
    let store = 'working'
    const server = createServer((_request, response) => void response.end(JSON.stringify({ status: 'ok', store })))
    const { url, close } = await listening(server)
    const told = async () => parts(await probe(...addresses(), '--checkout', url))[2]
    expect(await told()).toEqual({ name: 'checkout', condition: 'working' })
    store = 'down'
    const detail = 'What visitors fill in cannot be kept.'
    expect(await told()).toEqual({ name: 'checkout', condition: 'degraded', detail })
    await close()
    expect(await told()).toEqual({ name: 'checkout', condition: 'down', detail: 'There was no answer.' })
  })

  test('sees that orders cannot be taken when only the database is gone', async () => {
    const database = goneDatabase()
    const { authenticate } = createAuthenticator(database, () => new Date(), log)
    const app = await createApp({ ...api.context, database, authenticate }, 'http://127.0.0.1')
    try {
      const url = await app.listen({ host: '127.0.0.1', port: 0 })
      const ended = await probe('--api', url, '--cdn', cdnUrl)
      expect(parts(ended)[0]).toEqual({ name: 'orders', condition: 'down', detail: 'The answer was 503.' })
    } finally {
      await app.close()
    }
  })

  test('with the API killed says that orders are down and documents work', async () => {
    await killable?.close()
    const file = join(folder, 'probe.json')
    const { code } = await probe(...addresses(), '--file', file)
    const status = parse('status', StatusDocument, JSON.parse(await readFile(file, 'utf8')))
    expect([code, status.condition]).toEqual([1, 'down'])
    expect(status.parts).toEqual([
      { name: 'orders', condition: 'down', detail: 'There was no answer.' },
      { name: 'documents', condition: 'working' },
    ])
  })

  test('says in its exit code when it could not write, and what is wrong with a command line', async () => {
    const unwritten = await probe(...addresses(), '--bucket', 'no-such-bucket')
    expect([unwritten.code, unwritten.stderr]).toEqual([74, expect.stringContaining('no-such-bucket answered 404')])
    const wrong = await probe('--api', 'example', '--cdn', cdnUrl)
    expect([wrong.code, wrong.stderr]).toEqual([64, expect.stringContaining('--api must be an address')])
    expect((await probe(...addresses(), '--every', 'often')).code).toBe(64)
    expect((await probe(...addresses(), '--colour', 'red')).code).toBe(64)
    expect(await probe('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--publication pub_…') })
  })
})
