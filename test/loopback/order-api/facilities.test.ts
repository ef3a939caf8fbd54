import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#chassis/ids.ts'
import { createLog } from '#chassis/log.ts'
import type { FacilityHeartbeat } from '#contracts/messages/facility-heartbeat.ts'
import { countFigures } from '../../../services/order-api/facilities/figures.ts'
import { watchFacilities } from '../../../services/order-api/facilities/watch-facilities.ts'
import { runOperator } from '../../../services/order-api/operator/run-operator.ts'
import { createHandleStatus } from '../../../services/order-api/status/handle-status.ts'
import { readSignals } from '../../../services/order-api/status-page/read-signals.ts'
import { type Life, openLife, parcel } from './lifecycle-world.ts'

let life: Life

beforeAll(async () => {
  life = await openLife()
  life.api.clock.now = new Date('2026-11-20T12:00:00.000Z')
})
afterAll(() => life?.api.close())

const heartbeat = (changes: Partial<FacilityHeartbeat> = {}): FacilityHeartbeat => ({
  type: 'facility_heartbeat',
  facilityId: 'fac_utrecht',
  clientId: 'press-1',
  at: life.now().toISOString(),
  version: '1.0.0',
  isTaking: true,
  jobs: { open: 0, held: 0, failed: 0, inTheShop: 0 },
  ...changes,
})
const hear = (changes: Partial<FacilityHeartbeat> = {}) =>
  createHandleStatus(life.api.context.changer, life.api.context.keyring)(heartbeat(changes))
const facility = async (id = 'fac_utrecht', key = life.api.secretKey) =>
  (await life.call('GET', `/v1/facilities/${id}`, { key })).json

describe('a facility', () => {
  test('that never spoke is shown with what it makes, and is not called silent', async () => {
    const { data } = (await life.call('GET', '/v1/facilities')).json
    expect(data.map(({ id }: { id: string }) => id)).toEqual(['fac_columbus', 'fac_leipzig', 'fac_utrecht'])
    expect(await facility()).toMatchObject({
      ...{ object: 'facility', name: 'Drukkerij Utrecht', country: 'NL', status: 'open', clients: 0 },
      ...{ last_heard_at: null, is_silent: false },
      products: expect.arrayContaining(['poster-a3']),
      queue: { jobs: 0, unclaimed: 0, oldest_job_at: null, oldest_unclaimed_at: null, oldest_moved_at: null },
      figures: { days: 90, items: 0, on_time_percent: null, reprint_percent: null },
    })
  })

  test('is heard of by its clients, in any order, and silent 15 minutes after the last word', async () => {
    const first = life.now().toISOString()
    await hear()
    await hear({ clientId: 'press-2' })
    await hear({ at: new Date(life.now().getTime() - 3_600_000).toISOString() })
    life.later(1)
    expect(await facility()).toMatchObject({ clients: 2, last_heard_at: first, is_silent: false })
    life.later(14)
    expect(await facility()).toMatchObject({ last_heard_at: first, is_silent: true })
    await hear()
    life.later(1)
    expect(await facility()).toMatchObject({ is_silent: false })
  })

  test('whose clock is a day off is heard of when it spoke', async () => {
    const day = 24 * 3600
    const spoken = life.now().toISOString()
    await hear({ at: new Date(life.now().getTime() - day * 1000).toISOString(), clockSkewSeconds: -day })
    life.later(1)
    expect(await facility()).toMatchObject({ last_heard_at: spoken, is_silent: false })
    await hear({ at: new Date(life.now().getTime() + day * 1000).toISOString() })
    life.later(16)
    expect(await facility()).toMatchObject({ is_silent: true })
  })

  test('shows how long its jobs wait, until they are taken and have left, in the world of the key', async () => {
    const { id } = await life.place()
    await life.ready(id)
    const since = life.now().toISOString()
    life.later(60)
    const queue = { jobs: 1, unclaimed: 1, oldest_job_at: since, oldest_unclaimed_at: since, oldest_moved_at: null }
    expect((await facility()).queue).toEqual(queue)
    expect((await facility('fac_utrecht', life.api.liveSecretKey)).queue.jobs).toBe(0)
    await life.says(id, 'accepted')
    life.later(1)
    const takenAt = new Date(life.now().getTime() - 60_000).toISOString()
    const taken = { ...queue, unclaimed: 0, oldest_unclaimed_at: null }
    expect((await facility()).queue).toEqual({ ...taken, oldest_moved_at: takenAt })
    life.later(60)
    const again = { statusId: newId('sts', new Date()) }
    await life.says(id, 'printing', again)
    const movedAt = life.now().toISOString()
    life.later(60)
    await life.says(id, 'printing', again)
    life.later(1)
    expect((await facility()).queue).toEqual({ ...taken, oldest_moved_at: movedAt })
    await life.says(id, 'shipped', parcel)
    life.later(1)
    expect((await facility()).queue).toMatchObject({ jobs: 0, oldest_job_at: null })
  })

  test('has figures of its own orders, and no percentages as long as they would speak of single ones', async () => {
    for (let made = 1; made < 20; made += 1) {
      const { id } = await life.place()
      await life.ready(id)
      const late = new Date(life.now().getTime() + 60 * 24 * 3_600_000).toISOString()
      await life.says(id, 'shipped', { ...parcel, ...(made <= 5 ? { at: late } : {}) })
      if (made === 19) await count()
      if (made === 18) {
        await count()
        expect((await facility()).figures).toMatchObject({ items: 19, on_time_percent: null, reprint_percent: null })
        const [item] = (await life.call('GET', `/v1/orders/${id}`)).json.items
        const body = { items: [{ item_id: item.id }], reason: 'torn', fault: 'facility' }
        const headers = { 'idempotency-key': crypto.randomUUID() }
        expect((await life.call('POST', `/v1/orders/${id}/reprints`, { headers, body })).status).toBe(201)
      }
    }
    expect((await facility()).figures).toEqual({ days: 90, items: 20, on_time_percent: 75, reprint_percent: 5 })
    expect((await facility('fac_leipzig')).figures).toMatchObject({ items: 0, on_time_percent: null })
  })

  test('that nobody knows is not found, with or without a strange name', async () => {
    for (const id of ['fac_nowhere', 'x', '%00', "'; drop table facilities; --"]) {
      const answer = await life.call('GET', `/v1/facilities/${encodeURIComponent(id)}`)
      expect([id, answer.status, answer.json.code]).toEqual([id, 404, 'not_found'])
    }
  })
})

async function count(): Promise<void> {
  await countFigures(life.api.database, life.now())
  life.later(1)
}

describe('the watch over facilities', () => {
  const look = async () => {
    const watch = { database: life.api.database, log: createLog('test', 'fatal'), now: life.now }
    const both = await Promise.all([watchFacilities(watch), watchFacilities(watch)])
    return both.flat()
  }

  /** As the operator sees the job of an order. */
  const standing = async (orderId: string) => {
    const told = await runOperator(['facility', 'show', 'fac_utrecht', '--json'], () => life.api.database, life.now)
    return JSON.parse(told).oldest_jobs.find(({ order_id }: { order_id: string }) => order_id === orderId)
  }

  test('tells once that a facility is silent, and once that it is back', async () => {
    await hear({ facilityId: 'fac_leipzig' })
    await look()
    life.later(16)
    expect(await look()).toContain('facility_silent fac_leipzig')
    expect(await look()).toEqual([])
    await hear({ facilityId: 'fac_leipzig' })
    expect(await look()).toEqual(['facility_back fac_leipzig'])
    expect(await look()).toEqual([])
  })

  test('tells once of jobs that lie unclaimed for three days, and of the day they are taken', async () => {
    const { id } = await life.place()
    await life.ready(id)
    life.later(3 * 24 * 60 - 1)
    expect(await look()).not.toContain('facility_queue_old fac_utrecht')
    life.later(2)
    expect(await look()).toContain('facility_queue_old fac_utrecht')
    expect(await look()).toEqual([])
    await life.says(id, 'accepted')
    expect(await look()).toEqual(['facility_queue_taken fac_utrecht'])
    await life.says(id, 'shipped', parcel)
  })

  test('tells once of jobs that were taken and never spoken of again, though other clients of their facility live', async () => {
    const days = 24 * 60
    const [lost, slow] = [await life.place(), await life.place()]
    for (const { id } of [lost, slow]) {
      await life.ready(id)
      await life.says(id, 'accepted')
    }
    life.later(6 * days)
    await hear()
    await life.says(slow.id, 'printing')
    expect(await look()).toContain('facility_jobs_stuck fac_utrecht')
    life.later(2 * days)
    await hear()
    await life.says(slow.id, 'printed')
    expect(await look()).toEqual([])
    const stuck = await standing(lost.id)
    expect(stuck).toMatchObject({ is_stuck: true, status: 'accepted' })
    expect(await standing(slow.id)).toMatchObject({ is_stuck: false })
    await life.says(lost.id, 'delayed', { cause: 'capacity' })
    expect(await look()).toEqual(['facility_jobs_moved fac_utrecht'])
    expect(await look()).toEqual([])
    for (const { id } of [lost, slow]) await life.says(id, 'shipped', parcel)
  })

  test('leaves a job its production days', async () => {
    const { id } = await life.place()
    await life.ready(id)
    await life.says(id, 'accepted')
    const days = 24 * 60
    const leavesAt = new Date(life.now().getTime() + 10 * days * 60_000).toISOString()
    const sql = `update order_items set doc = doc || jsonb_build_object('leavesBy', :at::text) where order_id = :id::text
      returning to_jsonb(id) as row`
    await life.api.database.rows(Type.String(), sql, { id, at: leavesAt })
    life.later(11 * days - 1)
    await look()
    expect(await standing(id)).toMatchObject({ is_stuck: false })
    life.later(2)
    expect(await standing(id)).toMatchObject({ is_stuck: true })
    expect(await look()).toEqual(['facility_jobs_stuck fac_utrecht'])
    await life.says(id, 'shipped', parcel)
    expect(await look()).toEqual(['facility_jobs_moved fac_utrecht'])
  })

  test('says on the status page that a facility with jobs is not heard of', async () => {
    await hear()
    const { id } = await life.place()
    await life.ready(id)
    life.later(59)
    expect((await readSignals(life.api.database, life.now())).silenceSeconds).toEqual([])
    life.later(2)
    expect((await readSignals(life.api.database, life.now())).silenceSeconds).toEqual([61 * 60])
    await life.says(id, 'accepted')
    expect((await readSignals(life.api.database, life.now())).silenceSeconds).toEqual([])
  })
})
