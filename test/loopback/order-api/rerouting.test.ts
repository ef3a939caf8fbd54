import { GetObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { changeOrder } from '../../../services/order-api/orders/change-order.ts'
import { wantBack } from '../../../services/order-api/orders/take-back.ts'
import { claimJob } from '../../../services/order-api/rerouting/claim-job.ts'
import { claimJob as claimByClient } from '../../../services/print-client/take/claim.ts'
import { openReroutingWorld, type ReroutingWorld } from './rerouting-world.ts'

const soon = { timeout: 20_000, interval: 50 }
const [utrecht, leipzig] = ['fac_utrecht', 'fac_leipzig']

let world: ReroutingWorld
beforeAll(async () => {
  world = await openReroutingWorld()
})
afterEach(async () => {
  await world.closeShops()
  world.api.clock.now = undefined
  await world.set(utrecht, 'open')
})
afterAll(() => world?.close())

const until = (id: string, wanted: object) =>
  vi.waitFor(async () => expect((await world.read(id)).items[0]).toMatchObject(wanted), soon)
const itemOf = async (id: string) => (await world.read(id)).items[0]

async function queued(): Promise<{ id: string; itemId: string; jobId: string; facilityId: string }> {
  const { id } = await world.place()
  await until(id, { status: 'queued', facility_id: utrecht })
  const { id: itemId, job_id: jobId } = await itemOf(id)
  return { id, itemId, jobId, facilityId: utrecht }
}

test('what a facility cannot make is printed once by another one, for the same price, and both receipts can be had', async () => {
  const [first, second] = [await world.startShop(utrecht, 'u1'), await world.startShop(leipzig, 'l1')]
  const order = await queued()
  const { charges } = await world.read(order.id)
  await vi.waitFor(() => expect(first.jobs()).toContain(order.jobId), soon)
  first.says({ jobId: order.jobId, status: 'failed', cause: 'device_down' })
  await until(order.id, { facility_id: leipzig, status: 'accepted' })
  const item = await itemOf(order.id)
  expect(item.earlier).toMatchObject([{ facility_id: utrecht, job_id: order.jobId, cause: 'device_down' }])
  await vi.waitFor(() => expect(second.jobs()).toEqual([item.job_id]), soon)
  second.says({ jobId: item.job_id, status: 'shipped', tracking: { carrier: 'DHL', number: '1', quantity: 1 } })
  await vi.waitFor(async () => expect(await world.read(order.id)).toMatchObject({ stage: 'shipped', charges }), soon)
  for (const path of [item.earlier[0].receipt_url, `/v1/orders/${order.id}/items/${order.itemId}/receipt`]) {
    expect((await world.call('GET', path)).json.url).toContain('receipt.json')
  }
  const moved = (await world.history(order.id)).find(({ type }: { type: string }) => type === 'item.rerouted')
  expect(moved.data).toMatchObject({ from: utrecht, to: leipzig, cause: 'device_down', currency: 'EUR' })
  expect(moved.data.cost_after).toBeLessThanOrEqual(moved.data.cost_before * 1.4)
  // The shop has the job still, and says so; what it says changes nothing.
  const wish = { type: 'item.late', data: { event: 'cancel_declined', job_id: order.jobId } }
  await vi.waitFor(
    async () =>
      expect(await world.history(order.id)).toMatchObject(
        expect.arrayContaining([
          expect.objectContaining({ type: wish.type, data: expect.objectContaining(wish.data) }),
        ]),
      ),
    soon,
  )
})

test('what a facility gave up it cannot begin again once another one makes it, also when it never hears that it is to end it', async () => {
  await world.startShop(leipzig, 'l8')
  const first = await world.startShop(utrecht, 'u8')
  const order = await queued()
  await vi.waitFor(() => expect(first.jobs()).toContain(order.jobId), soon)
  const bucket = 'print-files'
  const Key = `claims/${utrecht}/${order.jobId}`
  const { Body } = await world.api.s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
  const { clientId, nonce } = JSON.parse((await Body?.transformToString()) ?? '')
  first.says({ jobId: order.jobId, status: 'failed', cause: 'device_down' })
  await until(order.id, { facility_id: leipzig, status: 'accepted' })
  const again = { ...order, orderId: order.id, clientId, nonce, at: new Date() }
  const place = { s3: world.api.s3, bucket, signal: new AbortController().signal }
  await vi.waitFor(async () => expect(await claimByClient(place, again)).toBe('elsewhere'), soon)
})

test('a job that a silent facility does not take is made elsewhere, and its client prints nothing when it comes back', async () => {
  const second = await world.startShop(leipzig, 'l2')
  const order = await queued()
  expect(await world.elsewhere.sweep()).toBe(0)
  world.later(25)
  await world.elsewhere.sweep()
  await until(order.id, { facility_id: leipzig, status: 'accepted', earlier: [{ cause: 'unclaimed' }] })
  const first = await world.startShop(utrecht, 'u2')
  // Its ticket still lies on the queue; the next order is after it.
  world.api.clock.now = undefined
  const next = await queued()
  await vi.waitFor(() => expect(first.jobs()).toContain(next.jobId), soon)
  expect(first.jobs()).not.toContain(order.jobId)
  expect(second.jobs()).toEqual([(await itemOf(order.id)).job_id])
})

test('whoever dies between claim and database is followed by the next sweep, also when there was no need for it any more', async () => {
  const order = await queued()
  const { changer, elsewhere, api } = world
  const choose = await elsewhere.chooserFor(order.id)
  await changeOrder(changer, order.id, 'a wish', wantBack(order, 'facility_paused', choose))
  const job = { ...order, orderId: order.id }
  expect(await claimJob({ s3: api.s3, bucket: 'print-files' }, job, new Date())).toBe('ours')
  await elsewhere.sweep()
  await until(order.id, { facility_id: leipzig, status: 'queued' })
  expect((await itemOf(order.id)).job_id).not.toBe(order.jobId)
})

test('where a client was first nothing moves until it answers, and what it has it ships', async () => {
  const mute = await world.startShop(utrecht, 'u3', { isHeard: false })
  const order = await queued()
  await vi.waitFor(() => expect(mute.jobs()).toContain(order.jobId), soon)
  world.later(25)
  await world.elsewhere.sweep()
  await world.elsewhere.sweep()
  const asked = (await world.history(order.id)).filter(({ type }: { type: string }) => type === 'item.asked_back')
  expect(asked).toHaveLength(1)
  expect(await itemOf(order.id)).toMatchObject({ facility_id: utrecht, status: 'queued' })
  await mute.stop()
  // The same client, on a line that works.
  const first = await world.startShop(utrecht, 'u3')
  world.later(7)
  await world.ringAgain()
  await vi.waitFor(
    async () =>
      expect((await world.history(order.id)).map(({ type }: { type: string }) => type)).toContain(
        'item.cancel_declined',
      ),
    soon,
  )
  await world.elsewhere.sweep()
  first.says({ jobId: order.jobId, status: 'shipped', tracking: { carrier: 'DHL', number: '3', quantity: 1 } })
  await vi.waitFor(async () => expect((await world.read(order.id)).stage).toBe('shipped'), soon)
  expect((await itemOf(order.id)).earlier).toBeUndefined()
})

test('a facility that is drained keeps what its clients have; the rest goes elsewhere', async () => {
  const first = await world.startShop(utrecht, 'u4')
  const kept = await queued()
  await until(kept.id, { status: 'accepted' })
  await first.stop()
  const waiting = await queued()
  await world.set(utrecht, 'draining')
  world.later(0.1)
  await world.elsewhere.sweep()
  await until(waiting.id, { facility_id: leipzig, earlier: [{ cause: 'facility_draining' }] })
  expect(await itemOf(kept.id)).toMatchObject({ facility_id: utrecht, status: 'accepted' })
})

test('where another facility would cost more than the policy allows the item fails, is paid back, and says why it stayed', async () => {
  await world.allow(0)
  const first = await world.startShop(utrecht, 'u5')
  const order = await queued()
  await vi.waitFor(() => expect(first.jobs()).toContain(order.jobId), soon)
  first.says({ jobId: order.jobId, status: 'failed', cause: 'device_down' })
  await vi.waitFor(
    async () =>
      expect(await world.read(order.id)).toMatchObject({ stage: 'rejected', items: [{ failure: 'device_down' }] }),
    soon,
  )
  const failed = (await world.history(order.id)).find(({ type }: { type: string }) => type === 'item.facility_failed')
  expect(failed.data.not_rerouted).toContain('fac_leipzig would cost')
  await world.allowEnough()
})

test('what is cancelled while its facility is silent is cancelled at once, also when nobody else makes it, and never printed', async () => {
  await world.set(leipzig, 'paused')
  const order = await queued()
  await world.set(utrecht, 'paused')
  world.later(0.1)
  await world.elsewhere.sweep()
  expect(await itemOf(order.id)).toMatchObject({ facility_id: utrecht, status: 'queued' })
  expect((await world.call('POST', `/v1/orders/${order.id}/cancel`)).json.stage).not.toBe('cancelled')
  await world.elsewhere.sweep()
  expect(await world.read(order.id)).toMatchObject({ stage: 'cancelled', items: [{ status: 'failed' }] })
  await world.set(utrecht, 'open')
  await world.set(leipzig, 'open')
  world.later(0.2)
  const first = await world.startShop(utrecht, 'u6')
  const next = await queued()
  await vi.waitFor(() => expect(first.jobs()).toContain(next.jobId), soon)
  expect(first.jobs()).not.toContain(order.jobId)
})

test('what is cancelled while a client has it is asked for, and no sweep says anything in its place', async () => {
  const mute = await world.startShop(utrecht, 'u7', { isHeard: false })
  const order = await queued()
  await vi.waitFor(() => expect(mute.jobs()).toContain(order.jobId), soon)
  await world.call('POST', `/v1/orders/${order.id}/cancel`)
  await world.elsewhere.sweep()
  world.later(25)
  await world.elsewhere.sweep()
  expect(await itemOf(order.id)).toMatchObject({ facility_id: utrecht, status: 'queued' })
  expect((await world.read(order.id)).stage).not.toBe('cancelled')
})
