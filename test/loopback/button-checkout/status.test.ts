import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { parse } from '#contracts/parse.ts'
import { documentPaths, keyOfPath } from '#contracts/published/document-paths.ts'
import { StatusDocument } from '#contracts/published/status-document.ts'
import { startObjectStore } from '../../../local/cloud/object-store/start.ts'
import type { Checkout } from '../../../services/button-checkout/checkouts/checkout.ts'
import { createStripePayments } from '../../../services/button-checkout/payment/stripe-payments.ts'
import { type Telling, tellStatus } from '../../../services/button-checkout/status/tell-status.ts'
import { thresholds } from '../../../services/button-checkout/status/thresholds.ts'
import { paidCheckout } from '../../unit/button-checkout/bought-checkout.ts'
import { type PaymentsWorld, startPaymentsWorld } from '../payments-world.ts'
import { startTable } from './table-world.ts'

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret' }
const log = createLog('checkout-worker', 'silent')
const buckets = ['documents', 'standby']
let folder: string
let objects: Awaited<ReturnType<typeof startObjectStore>>
let s3: S3Client
let payments: PaymentsWorld
let table: Awaited<ReturnType<typeof startTable>>
let telling: Telling

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcloud-checkout-status-'))
  objects = await startObjectStore({ port: 0, dataDir: folder, ...credentials, buckets, log })
  s3 = new S3Client({ region: 'eu-west-1', credentials, endpoint: objects.url, forcePathStyle: true })
  payments = await startPaymentsWorld({}, { timeoutMilliseconds: 2000, retries: 0 })
})
afterAll(async () => {
  s3.destroy()
  await Promise.all([objects.close(), payments.standIn.close()])
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  table = await startTable(payments.now)
  const places = buckets.map((bucket) => ({ s3, bucket }))
  telling = { store: table.store, payments: payments.payments, now: payments.now, places, log }
  return () => table.close()
})

async function toldIn(bucket: string): Promise<StatusDocument> {
  const key = { Bucket: bucket, Key: keyOfPath(documentPaths.checkoutStatus) }
  const { Body } = await s3.send(new GetObjectCommand(key))
  return parse('status', StatusDocument, JSON.parse((await Body?.transformToString()) ?? ''))
}
const told = async (change: Partial<Telling> = {}) => {
  await tellStatus({ ...telling, ...change })
  return (await toldIn('documents')).parts[0]
}
const ago = (seconds: number): string => new Date(payments.clock.nowEpochMs - seconds * 1000).toISOString()
const soon = (): string => ago(-240)
let count = 0
const keep = (change: Partial<Checkout>): Promise<boolean> => {
  count += 1
  return table.store.insert(paidCheckout({ id: `chk_${String(count).padStart(26, '0')}`, version: 1, ...change }))
}
const works = { name: 'checkout', condition: 'working' }

test('a checkout that sells says so in both regions, and when it will have told again', async () => {
  await keep({ paidAt: ago(60), dueAt: soon() })
  expect(await told()).toEqual(works)
  const [one, other] = await Promise.all(buckets.map(toldIn))
  expect(other).toEqual(one)
  expect(one).toMatchObject({ written_by: 'checkout', condition: 'working', at: payments.now().toISOString() })
})

test('paid orders that nobody takes make it degraded: it sells all the same, and order-api is not asked for it', async () => {
  await keep({ paidAt: ago(thresholds.notOrdered - 1), dueAt: soon() })
  expect(await told()).toEqual(works)
  await keep({ paidAt: ago(3 * 3600), dueAt: soon() })
  const detail = 'A paid order has waited 3 hours to be passed on.'
  expect(await told()).toEqual({ name: 'checkout', condition: 'degraded', detail })
})

test('what is due and nobody does is told: workers are away, or too few', async () => {
  await keep({ paidAt: ago(60), dueAt: ago(thresholds.overdue - 1) })
  expect(await told()).toEqual(works)
  await keep({ state: 'paying', dueAt: ago(240) })
  const detail = 'Checkouts have waited 4 minutes to be looked after.'
  expect(await told()).toMatchObject({ condition: 'degraded', detail })
})

test('a provider that does not answer, a table that does not, and a platform without keys are down, and it says which', async () => {
  payments.standIn.control.setFault('unavailable', 10)
  expect(await told()).toMatchObject({ condition: 'down', detail: 'The payment provider does not answer.' })
  payments.standIn.control.setFault('unavailable', 0)
  const closed = createStripePayments({ ...payments.config, STRIPE_LIVE_KEY: '', STRIPE_TEST_KEY: '' }, payments.now)
  expect(await told({ payments: closed })).toMatchObject({ detail: 'No payment provider is set up.' })
  const gone = await startTable(payments.now)
  await gone.close()
  expect(await told({ store: gone.store })).toMatchObject({
    condition: 'down',
    detail: 'What visitors fill in cannot be kept.',
  })
})

test('a bucket that is away keeps the other one from nothing', async () => {
  await keep({ paidAt: ago(7200), dueAt: soon() })
  const places = [{ s3, bucket: 'nowhere' }, ...buckets.map((bucket) => ({ s3, bucket }))]
  expect(await told({ places })).toMatchObject({ condition: 'degraded' })
})

test('the operator’s page shows the thresholds that hold', async () => {
  const page = await readFile(new URL('../../../docs/status.md', import.meta.url), 'utf8')
  for (const seconds of Object.values(thresholds))
    expect(page).toMatch(new RegExp(`^\\| .* \\| ${seconds / 60} min \\|`, 'm'))
})
