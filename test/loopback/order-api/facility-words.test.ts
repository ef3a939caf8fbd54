import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { Type } from 'typebox'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { newId } from '#chassis/ids.ts'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import { countFigures } from '../../../services/order-api/facilities/figures.ts'
import { keepHeartbeat } from '../../../services/order-api/facilities/keep-heartbeat.ts'
import { changeOrder } from '../../../services/order-api/orders/change-order.ts'
import { createElsewhere } from '../../../services/order-api/rerouting/elsewhere.ts'
import { decideOnFacilityStatus } from '../../../services/order-api/status/handle-facility-status.ts'
import { openReroutingWorld, type ReroutingWorld } from './rerouting-world.ts'

const soon = { timeout: 20_000, interval: 50 }
let world: ReroutingWorld
const senders: SQSClient[] = []
beforeAll(async () => {
  world = await openReroutingWorld()
})
beforeEach(() => {
  world.events.length = 0
})
afterAll(async () => {
  for (const each of senders) each.destroy()
  await world?.close()
})

const enrolSql = `insert into facility_clients (facility_id, client_id, name, public_key, principal_id, access_key_id, enrolled_at, revoked_at)
  values (:facility::text, :key::text, 'Of a test', 'none', :key::text, :key::text, now(),
    case when :isRevoked::boolean then now() end) on conflict do nothing returning to_jsonb(facility_id) as row`

/** Somebody who holds a key of a facility; of none without one. */
async function holder(facility: string | undefined, key: string, isRevoked = false) {
  if (facility !== undefined) await world.api.database.rows(Type.Unknown(), enrolSql, { facility, key, isRevoked })
  const endpoint = new URL(world.api.queueUrl('status')).origin
  const credentials = { accessKeyId: key, secretAccessKey: 'test-secret' }
  const sqs = new SQSClient({ region: 'eu-west-1', endpoint, credentials, useQueueUrlAsEndpoint: false })
  senders.push(sqs)
  return (message: object) =>
    sqs.send(new SendMessageCommand({ QueueUrl: world.api.queueUrl('status'), MessageBody: JSON.stringify(message) }))
}

const item = async (id: string) => (await world.read(id)).items[0]

async function queued(quantity = 1) {
  const items = [{ sku: 'poster-a3', quantity, files: { image: 'https://example.com/a.jpg' } }]
  const { id } = await world.place({ items })
  await vi.waitFor(async () => expect((await item(id)).status).toBe('queued'), soon)
  const { id: itemId, job_id: jobId, facility_id: facilityId } = await item(id)
  const says = (status: FacilityStatus['status'], more: Partial<FacilityStatus> = {}): FacilityStatus => ({
    ...{ type: 'facility_status', statusId: newId('sts', new Date()), facilityId, jobId, orderId: id, itemId },
    ...{ at: new Date().toISOString(), status },
    ...more,
  })
  return { id, says }
}

const refusals = () => world.events.filter(({ event }) => event === 'facility_impersonated')
const parcel = (number: string, quantity: number) => ({ tracking: { carrier: 'PostNL', number, quantity } })

describe('who speaks is told by the queue, not by the message', () => {
  test('a facility says nothing about the job of another: neither in its name, nor in its own, nor as a processor', async () => {
    const own = await holder('fac_utrecht', 'AKIAUTRECHT')
    const other = await holder('fac_leipzig', 'AKIALEIPZIG')
    const { id, says } = await queued()
    const before = await world.history(id)
    const forged = { type: 'process_report', ticketId: newId('tkt', new Date()), orderId: id, outcome: 'started' }
    for (const message of [says('shipped', parcel('x', 1)), says('failed', { facilityId: 'fac_leipzig' }), forged]) {
      await other(message)
    }
    await vi.waitFor(() => expect(refusals()).toHaveLength(3), soon)
    expect(await world.history(id)).toEqual(before)
    await own(says('accepted'))
    await vi.waitFor(async () => expect((await item(id)).status).toBe('accepted'), soon)
  })

  test('strangers and revoked clients speak for nobody, and what they say does not come back', async () => {
    const stranger = await holder(undefined, 'AKIASTRANGER')
    const revoked = await holder('fac_utrecht', 'AKIAREVOKED', true)
    const { id, says } = await queued()
    await stranger(says('failed'))
    await revoked(says('failed'))
    await vi.waitFor(() => expect(refusals()).toHaveLength(2), soon)
    expect((await item(id)).status).toBe('queued')
  })
})

describe('who has no part in an order', () => {
  test('is no processor by being a user: a facility that was set up by hand reports no print files', async () => {
    const byHand = await holder(undefined, 'AIDASETUPBYHAND')
    const { id, says } = await queued()
    const before = await world.history(id)
    await byHand({ type: 'process_report', ticketId: newId('tkt', new Date()), orderId: id, outcome: 'started' })
    await byHand(says('failed'))
    await vi.waitFor(() => expect(refusals()).toHaveLength(2), soon)
    expect(await world.history(id)).toEqual(before)
  })

  test('writes nothing into it, also of items that it does not have', async () => {
    const other = await holder('fac_leipzig', 'AKIALEIPZIG')
    const { id, says } = await queued()
    const before = await world.history(id)
    await other(says('failed', { facilityId: 'fac_leipzig', itemId: newId('itm', new Date()), cause: 'Call us' }))
    await vi.waitFor(() => expect(refusals()).toHaveLength(1), soon)
    expect(await world.history(id)).toEqual(before)
  })
})

describe('what a facility says', () => {
  test('of a moment that no calendar has does not keep the figures of all facilities from being counted', async () => {
    const own = await holder('fac_utrecht', 'AKIAUTRECHT')
    const { database } = world.api
    for (const at of ['2026-01-01T00:00:00+23:59', '2026-06-30T23:59:60Z']) {
      const { id, says } = await queued()
      await own(says('shipped', { ...parcel(at, 1), at }))
      await vi.waitFor(async () => expect((await world.read(id)).stage).toBe('shipped'), soon)
      await countFigures(database, new Date())
      const heard = { at, clockSkewSeconds: Number.MAX_SAFE_INTEGER, facilityId: 'fac_utrecht', clientId: at }
      const jobs = { open: 0, held: 0, failed: 0, inTheShop: 0 }
      const beat = { type: 'facility_heartbeat' as const, version: '1', isTaking: true, jobs, ...heard }
      expect(await keepHeartbeat(database, beat, new Date())).toBe(true)
    }
  })

  test('copies are counted in all, in whatever order the words come', async () => {
    const own = await holder('fac_utrecht', 'AKIAUTRECHT')
    const { id, says } = await queued(10)
    for (const [status, quantity] of [
      ['packed', 3],
      ['printed', 7],
      ['printed', 5],
    ] as const) {
      await own(says(status, { quantity }))
      await vi.waitFor(
        async () => expect(JSON.stringify(await world.history(id))).toContain(`"quantity":${quantity}`),
        soon,
      )
    }
    expect(await item(id)).toMatchObject({ status: 'printing', copies: { printed: 7, packed: 3, shipped: 0 } })
    await own(says('shipped', parcel('a', 4)))
    await vi.waitFor(async () => expect((await item(id)).copies).toEqual({ printed: 7, packed: 4, shipped: 4 }), soon)
    await own(says('shipped', parcel('b', 6)))
    await vi.waitFor(
      async () => expect((await item(id)).copies).toEqual({ printed: 10, packed: 10, shipped: 10 }),
      soon,
    )
  })

  test('the newest word of a delay is shown, until it has left', async () => {
    const own = await holder('fac_utrecht', 'AKIAUTRECHT')
    const { id, says } = await queued()
    const [friday, monday] = ['2026-11-27T12:00:00.000Z', '2026-11-30T12:00:00.000Z']
    const [early, late] = ['2026-11-22T08:00:00.000Z', '2026-11-22T09:00:00.000Z']
    await own(says('delayed', { at: late, cause: 'capacity', expectedAt: monday }))
    await vi.waitFor(async () => expect((await item(id)).delay?.expected_at).toBe(monday), soon)
    await own(says('delayed', { at: early, expectedAt: friday }))
    await vi.waitFor(async () => expect(JSON.stringify(await world.history(id))).toContain(friday), soon)
    expect((await item(id)).delay).toEqual({ cause: 'capacity', expected_at: monday, told_at: late })
    await own(says('shipped', parcel('c', 1)))
    await vi.waitFor(async () => expect((await item(id)).delay).toBeUndefined(), soon)
  })

  test('a parcel that was lost is printed again for free, once, however often it is told; a second loss is for people', async () => {
    const own = await holder('fac_utrecht', 'AKIAUTRECHT')
    const { id, says } = await queued(3)
    await own(says('shipped', parcel('d', 1)))
    await own(says('shipped', parcel('e', 2)))
    await vi.waitFor(async () => expect((await world.read(id)).stage).toBe('shipped'), soon)
    const lost = says('lost', parcel('e', 2))
    await own(lost)
    await own(lost)
    await own(says('lost', parcel('e', 2)))
    await own(says('lost', parcel('unknown', 2)))
    await vi.waitFor(async () => expect((await world.read(id)).reprints).toHaveLength(1), soon)
    const late = async () => (await world.history(id)).filter(({ type }: { type: string }) => type === 'item.late')
    await vi.waitFor(async () => expect(await late()).toHaveLength(2), soon)
    const order = await world.read(id)
    expect(order.reprints).toMatchObject([{ fault: 'platform', items: [{ quantity: 2 }] }])
    expect(order.shipments.map(({ lost_at }: { lost_at?: string }) => lost_at !== undefined).sort()).toEqual([
      false,
      true,
    ])
    const again = await world.read(order.reprints[0].order_id)
    expect(again).toMatchObject({ payment: 'waived', items: [{ quantity: 2, status: 'queued' }] })
    const { id: itemId, job_id: jobId } = again.items[0]
    const second = { orderId: again.id, itemId, jobId }
    await own({ ...says('shipped', parcel('f', 2)), ...second })
    await own({ ...says('lost', parcel('f', 2)), ...second })
    await vi.waitFor(() => expect(world.events.map(({ event }) => event)).toContain('lost_parcel_not_reprinted'), soon)
    expect((await world.read(again.id)).reprints).toBeUndefined()
    await vi.waitFor(async () => expect(await world.elsewhere.sweepLost()).toBe(0), soon)
    expect(world.events.filter(({ event }) => event === 'lost_parcel_not_reprinted')).toHaveLength(1)
  })

  test('a loss that was written down is printed again once, wherever a worker dies before it is done', async () => {
    const own = await holder('fac_utrecht', 'AKIAUTRECHT')
    const { changer, elsewhere, api } = world
    /** A parcel that is written down as lost, and nothing after that. */
    const lost = async () => {
      const { id, says } = await queued(2)
      await own(says('shipped', parcel(id, 2)))
      await vi.waitFor(async () => expect((await world.read(id)).stage).toBe('shipped'), soon)
      const word = says('lost', parcel(id, 2))
      return changeOrder(changer, id, word.statusId, decideOnFacilityStatus(word))
    }
    const reprintsOf = async ({ id }: { readonly id: string }) => (await world.read(id)).reprints ?? []
    const deaf = { ...changer, ring: () => Promise.reject(new Error('died before it rang')) }
    const dying = createElsewhere(deaf, { s3: api.s3, bucket: 'print-files' })
    const [decided, inserted] = [await lost(), await lost()]
    await expect(dying.reprintLost(inserted)).rejects.toThrow('died before it rang')
    expect([await reprintsOf(decided), await reprintsOf(inserted)].map(({ length }) => length)).toEqual([0, 1])
    await Promise.all([elsewhere.sweepLost(), elsewhere.sweepLost()])
    expect(await elsewhere.sweepLost()).toBe(0)
    for (const order of [decided, inserted]) {
      const [reprint, ...more] = await reprintsOf(order)
      expect([reprint.items, more]).toEqual([[expect.objectContaining({ quantity: 2 })], []])
      // What it did not ring for is rung for by the sweep of tickets.
      world.later(1)
      await world.ringAgain()
      await vi.waitFor(async () => expect((await item(reprint.order_id)).status).toBe('queued'), soon)
      world.api.clock.now = undefined
    }
  })

  test('an item that is on its way to another facility is cancelled at once', async () => {
    const own = await holder('fac_utrecht', 'AKIAUTRECHT')
    const { id, says } = await queued()
    world.processor.isAway = true
    await own(says('rejected', { cause: 'out_of_stock_media' }))
    await vi.waitFor(
      async () => expect(await item(id)).toMatchObject({ facility_id: 'fac_leipzig', status: 'pending' }),
      soon,
    )
    expect((await world.call('POST', `/v1/orders/${id}/cancel`)).json).toMatchObject({
      stage: 'cancelled',
      cancel: { state: 'accepted' },
    })
    world.processor.isAway = false
  })
})
