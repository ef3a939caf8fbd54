import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { Type } from 'typebox'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { systemClock } from '#chassis/clock.ts'
import { createLog } from '#chassis/log.ts'
import type { Running } from '#chassis/run.ts'
import { startWorker } from '../../../services/order-api/worker.ts'
import { startClient } from '../../../services/print-client/client.ts'
import { clientConfigOf } from '../../../services/print-client/config.ts'
import { type Life, openLife, printFile, printFileBytes } from './lifecycle-world.ts'
import { trustAll } from './trust-all.ts'

const soon = { timeout: 20_000, interval: 50 }
const log = createLog('test', 'fatal')
const folder = mkdtempSync(join(tmpdir(), 'lifecycle-'))
const facilityId = 'fac_utrecht'
const config = {
  facilityId,
  printFilesBucket: 'print-files',
  ...{ hotFolder: join(folder, 'hot'), stateFolder: join(folder, 'state'), statusFolder: join(folder, 'status') },
  ...{ concurrency: 2, logLevel: 'error', page: false },
}

let life: Life
let queueUrl: string
const ending = new AbortController()
const running: Running[] = []

/** The worker of order-api, and later a print client of Utrecht: what they say to each other goes over the queues. */
beforeAll(async () => {
  life = await openLife()
  const { s3, sqs, context } = life.api
  mkdirSync(config.hotFolder)
  queueUrl = life.api.queueUrl(`facility-${facilityId}`)
  await s3.send(new PutObjectCommand({ Bucket: 'print-files', Key: printFile.key, Body: printFileBytes }))
  const workerConfig = { STATUS_QUEUE_URL: life.api.queueUrl('status'), SWEEP_SECONDS: 3600 }
  const { changer, keyring } = context
  running.push(
    startWorker({ config: workerConfig, changer, keyring, senders: trustAll, sqs, log, signal: ending.signal }),
  )
})
afterEach(() => {
  life.api.clock.now = undefined
})
afterAll(async () => {
  ending.abort()
  for (const each of running) await each.drain()
  await life?.api.close()
  rmSync(folder, { recursive: true, force: true })
})

const read = async (id: string, key = life.api.secretKey) => (await life.call('GET', `/v1/orders/${id}`, { key })).json
const jobIdOf = async (id: string): Promise<string> => (await read(id)).items[0].job_id

async function released(): Promise<string> {
  const { id } = await life.place()
  await life.ready(id)
  return id
}

test('an order that is cancelled while its facility is away is not printed when it comes back, and is paid back', async () => {
  const id = await released()
  // The job’s own ticket is lost on the way; the wish arrives first.
  await life.api.sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl }))
  expect((await life.call('POST', `/v1/orders/${id}/cancel`)).json.cancel.state).toBe('asked')
  const { s3, sqs } = life.api
  const queues = { queueUrl, statusQueueUrl: life.api.queueUrl('status') }
  const client = {
    config: await clientConfigOf({ ...config, ...queues }, folder),
    s3,
    sqs,
    bootId: 'boot-1',
    log,
    clock: systemClock,
  }
  running.push(await startClient({ ...client, signal: ending.signal }))
  await vi.waitFor(async () => expect(await read(id)).toMatchObject({ stage: 'cancelled', payment: 'refunded' }), soon)
  const [lost] = await life.tickets('production', id)
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(lost) }))
  const next = await released()
  await vi.waitFor(() => expect(readdirSync(config.hotFolder)).toHaveLength(1), soon)
  expect(readdirSync(config.hotFolder)).toEqual([await jobIdOf(next)])
})

test('one that the shop has goes on, unless the shop still stops it', async () => {
  const id = await released()
  const jobId = await jobIdOf(id)
  await vi.waitFor(async () => expect((await read(id)).items[0].status).toBe('accepted'), soon)
  await life.call('POST', `/v1/orders/${id}/cancel`)
  await vi.waitFor(async () => expect((await read(id)).cancel.state).toBe('declined'), soon)
  expect(readdirSync(config.hotFolder)).toContain(`cancel_${jobId}.json`)
  expect(await life.openTickets(id)).toEqual(['production'])
  const file = join(config.statusFolder, '1.json')
  writeFileSync(`${file}.tmp`, JSON.stringify({ jobId, status: 'cancelled', cause: 'stopped at the press' }))
  renameSync(`${file}.tmp`, file)
  const cancelled = { stage: 'cancelled', payment: 'refunded', cancel: { state: 'accepted' } }
  await vi.waitFor(async () => expect(await read(id)).toMatchObject(cancelled), soon)
  expect([await life.booked(id), await life.openTickets(id)]).toEqual([{}, []])
})

const post = (path: string, key: string) => life.call('POST', path, { key })

describe('the grace', () => {
  const untils = async (id: string, key: string) =>
    Object.fromEntries(
      (await life.call('GET', `/v1/orders/${id}/actions`, { key })).json.data.map(
        ({ action, allowed, until }: { action: string; allowed: string; until: string | null }) => [
          action,
          `${allowed} ${until}`,
        ],
      ),
    )

  test('keeps a ready order back for the minutes of the account, says until when, and then it is released', async () => {
    const key = await life.keyWith({ graceMinutes: 90 })
    const order = await life.place({}, key)
    life.later(5)
    await life.ready(order.id)
    const waiting = await read(order.id, key)
    expect(waiting.stage).toBe('grace')
    expect(Date.parse(waiting.grace_ends_at)).toBe(life.now().getTime() + 90 * 60_000)
    const yes = `yes ${waiting.grace_ends_at}`
    expect(await untils(order.id, key)).toEqual({
      ...{ confirm: 'no null', release: 'no null', reprint: 'no null' },
      ...{ cancel: yes, change_recipient: yes, change_shipping: yes, replace_files: yes, hold: yes },
    })
    life.later(89)
    await life.sweep()
    expect(await life.tickets('production', order.id)).toEqual([])
    life.later(1)
    await life.sweep()
    expect((await read(order.id, key)).stage).toBe('released')
    expect(await life.tickets('production', order.id)).toHaveLength(1)
    expect(await untils(order.id, key)).toMatchObject({ cancel: 'asks_facility null', change_recipient: 'no null' })
  })

  test('a held order is not released at the end of its grace, but as soon as the hold is taken off', async () => {
    const key = await life.keyWith({ graceMinutes: 60 })
    const order = await life.place({}, key)
    await life.ready(order.id)
    expect((await post(`/v1/orders/${order.id}/hold`, key)).json.is_held).toBe(true)
    expect(await untils(order.id, key)).toMatchObject({ cancel: 'yes null', hold: 'no null', release: 'yes null' })
    life.later(61)
    await life.sweep()
    expect((await read(order.id, key)).stage).toBe('grace')
    expect((await post(`/v1/orders/${order.id}/release`, key)).json).toMatchObject({
      stage: 'released',
      is_held: false,
    })
  })

  test('another file begins it anew', async () => {
    const key = await life.keyWith({ graceMinutes: 60 })
    const order = await life.place({}, key)
    await life.ready(order.id)
    life.later(30)
    const files = { key, body: { image: 'https://example.com/b.jpg' } }
    const path = `/v1/orders/${order.id}/items/${order.items[0].id}/files`
    expect((await life.call('PUT', path, files)).json).toMatchObject({ stage: 'preflight' })
    await life.ready(order.id)
    life.later(31)
    await life.sweep()
    expect((await read(order.id, key)).stage).toBe('grace')
    life.later(30)
    await life.sweep()
    expect((await read(order.id, key)).stage).toBe('released')
    expect((await life.tickets('production', order.id))[0]).toMatchObject({ orderId: order.id })
  })

  test('one order that cannot be carried on keeps no other from its turn', async () => {
    const key = await life.keyWith({ graceMinutes: 60 })
    const [broken, whole] = [await life.place({}, key), await life.place({}, key)]
    for (const { id } of [broken, whole]) await life.ready(id)
    const breakIt = `update orders set doc = doc - 'recipient', due_at = due_at - interval '1 minute'
      where id = :id::text returning to_jsonb(id) as row`
    await life.api.database.rows(Type.String(), breakIt, { id: broken.id })
    life.later(61)
    await life.sweep()
    expect((await read(whole.id, key)).stage).toBe('released')
    await life.sweep()
  })
})
