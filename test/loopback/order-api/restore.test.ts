import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { restoreSnapshot, takeSnapshot } from '../../../local/cloud/postgres/snapshot.ts'
import { callerOf, posterByUrl } from './client.ts'
import { openRestoreWorld } from './restore-world.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })
const soon = { timeout: 40_000, interval: 50 }

let world: Awaited<ReturnType<typeof openRestoreWorld>>
let call: ReturnType<typeof callerOf>
beforeAll(async () => {
  world = await openRestoreWorld()
  call = callerOf(world.api)
})
afterAll(() => world?.close())

const reconcile = (...options: readonly string[]) => world.reconcile(...options)
const place = async (key: string): Promise<string> => {
  const headers = { 'idempotency-key': key }
  const { json } = await call('POST', '/v1/orders', { headers, body: posterByUrl() })
  return json.id
}
const orderOf = async (id: string) => (await call('GET', `/v1/orders/${id}`)).json
const delivered = (id: string, isSwept = false) =>
  vi.waitFor(async () => {
    if (isSwept) await world.sweep()
    expect((await orderOf(id)).stage).toBe('delivered')
  }, soon)
const messagesOn = async (queue: string): Promise<number> => {
  const { api } = world
  const wanted = new GetQueueAttributesCommand({ QueueUrl: api.queueUrl(queue), AttributeNames: ['All'] })
  const { Attributes = {} } = await api.sqs.send(wanted)
  return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible)
}
const jobOf = async (id: string): Promise<string> => (await orderOf(id)).items[0].job_id

describe('a database restored to an earlier moment, while S3, queues and print clients run on', () => {
  test('prints nothing twice; every order that it knows, and every one that is sent again, ends delivered', async () => {
    const printing = await place('printing')
    await delivered(printing)
    world.processor.state.isAway = true
    const waiting = await place('waiting')
    const snapshot = await takeSnapshot(world.api.postgresUrl)

    world.processor.state.isAway = false
    await delivered(waiting)
    const lost = await place('lost')
    await delivered(lost)
    const jobs = [await jobOf(printing), await jobOf(waiting), await jobOf(lost)]
    expect(world.handedOver).toEqual(jobs)

    await restoreSnapshot(world.api.postgresUrl, snapshot)
    expect((await orderOf(waiting)).stage).toBe('preflight')
    expect((await orderOf(lost)).code).toBe('not_found')

    const found = JSON.parse(await reconcile('--hold', '--json'))
    expect(found).toMatchObject({ known: 1, behind: 1, elsewhere: 0, lost: 1, held: 1 })
    expect(found.data).toMatchObject([
      { standing: 'behind', job_id: jobs[1], order_id: waiting },
      { standing: 'lost', job_id: jobs[2], order_id: lost },
    ])
    await vi.waitFor(async () => {
      await world.sweep()
      expect((await orderOf(waiting)).stage).toBe('grace')
    }, soon)
    expect(JSON.parse(await reconcile('--release', '--json'))).toMatchObject({ released: 1 })

    const again = await place('lost')
    expect(again).not.toBe(lost)
    await delivered(waiting, true)
    await delivered(again, true)
    await delivered(printing, true)
    expect([await jobOf(printing), await jobOf(waiting), await jobOf(again)]).toEqual(jobs)
    expect(world.handedOver).toEqual(jobs)
    expect(JSON.parse(await reconcile('--json'))).toMatchObject({ known: 3, behind: 0, lost: 0 })
  })

  test('in the middle of printing: words about jobs that are still to be made again are told again, and nothing is printed twice', async () => {
    const already = world.handedOver.length
    world.processor.state.isAway = true
    const orders = await Promise.all(Array.from({ length: 8 }, (_, index) => place(`midway-${index}`)))
    const snapshot = await takeSnapshot(world.api.postgresUrl)
    world.processor.state.isAway = false
    await vi.waitFor(() => expect(world.handedOver.length - already).toBeGreaterThan(2), soon)
    world.processor.state.isAway = true
    await restoreSnapshot(world.api.postgresUrl, snapshot)
    // Shops print on and report; the restored orders wait for their print files.
    await vi.waitFor(async () => expect(await messagesOn('status')).toBe(0), soon)
    world.processor.state.isAway = false
    for (const id of orders) await delivered(id, true)
    const printed = world.handedOver.slice(already)
    expect(new Set(printed).size).toBe(8)
    expect(printed).toHaveLength(8)
  })

  test('an order that was shipped then and delivered since hears of it again', async () => {
    const order = await place('on-its-way')
    await delivered(order)
    const asShipped = `with o as (update orders set stage = 'shipped' where id = :id::text returning account_id, id),
      e as (delete from events where order_id = :id::text and type in ('item.delivered', 'order.delivered'))
      update order_items i set status = 'shipped' from o where i.account_id = o.account_id and i.order_id = o.id returning to_jsonb(i.id) as row`
    await world.api.database.rows(Type.Unknown(), asShipped, { id: order })
    const printed = world.handedOver.length
    await reconcile('--hold')
    await reconcile('--release')
    await delivered(order, true)
    expect(world.handedOver).toHaveLength(printed)
  })

  test('a job that another facility has than the order would go to is told, and what to do', async () => {
    const order = await place('moved')
    await delivered(order)
    await world.api.database.rows(
      Type.Unknown(),
      `update order_items set doc = doc || '{"facilityId": "fac_elsewhere"}' where order_id = :id::text returning to_jsonb(id) as row`,
      { id: order },
    )
    const text = await reconcile()
    expect(text).toMatch(/ELSEWHERE +1 {2}another facility has the job/)
    expect(text).toContain(order)
  })

  test('an order on hold by its own account stays on hold', async () => {
    world.processor.state.isAway = true
    const own = await place('own-hold')
    await call('POST', `/v1/orders/${own}/hold`, { headers: { 'idempotency-key': 'hold' } })
    expect(JSON.parse(await reconcile('--hold', '--json'))).toMatchObject({ held: 0 })
    expect(JSON.parse(await reconcile('--release', '--json'))).toMatchObject({ released: 0 })
    expect((await orderOf(own)).is_held).toBe(true)
  })

  test('a moment that is none, and both wishes at once, are refused with words', async () => {
    await expect(reconcile('--since', 'yesterday')).rejects.toMatchObject({ exitCode: 64 })
    await expect(reconcile('--hold', '--release')).rejects.toMatchObject({ exitCode: 64 })
    expect(await reconcile('--since', '2020-01-01T00:00:00Z')).toMatch(/known +\d+ {2}the database knows/)
  })
})
