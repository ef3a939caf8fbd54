import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { AccountEvent } from '#contracts/order-api/event.ts'
import { AccountEventList } from '#contracts/order-api/event.ts'
import { issuesOf } from '#contracts/parse.ts'
import { createSequencer } from '../../../services/order-api/events/number-events.ts'
import { recordEvent } from '../../../services/order-api/events/record-event.ts'
import { makeIdAt } from '../../../services/order-api/orders/make-id.ts'
import { callerOf, fresh, posterByUrl } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let number: ReturnType<typeof createSequencer>
const now = () => new Date()
const makeId = makeIdAt(now)

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  number = createSequencer(api.database, now)
  await number()
})
afterAll(() => api?.close())

const events = async (query = '', key = api.secretKey) => (await call('GET', `/v1/events${query}`, { key })).json
const placed = async (key = api.secretKey): Promise<string> =>
  (await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl(), key })).json.id
const accountId = async () => (await call('GET', '/v1/account')).json.id
const recorded = async (count: number) => {
  const account = { accountId: await accountId(), isTest: true }
  await Promise.all(
    Array.from({ length: count }, (_, n) =>
      recordEvent(api.database, { ...account, id: makeId('event'), type: 'webhook.updated', at: now(), data: { n } }),
    ),
  )
}

describe('the log of events', () => {
  test('holds every change of every order with gapless numbers, oldest first, and answers as documented', async () => {
    const one = await placed()
    const other = await placed()
    await call('POST', `/v1/orders/${one}/hold`)
    await number()
    const log = await events()
    expect(issuesOf(AccountEventList, log)).toEqual([])
    expect(log.data.map(({ type, order_id, sequence }: AccountEvent) => [type, order_id, sequence])).toEqual([
      ['order.created', one, 1],
      ['order.created', other, 2],
      ['order.held', one, 3],
    ])
    expect([log.next, log.has_more]).toEqual([3, false])
    const ofOrder = (await call('GET', `/v1/orders/${one}/events`)).json.data
    expect(ofOrder.map(({ sequence }: AccountEvent) => sequence)).toEqual([1, 2])
  })

  test('shows nothing that has no number yet, and goes on from any number by pages', async () => {
    await recorded(5)
    expect((await events('?after=3')).data).toEqual([])
    await number()
    const first = await events('?after=3&limit=2')
    expect([first.data.length, first.next, first.has_more]).toEqual([2, 5, true])
    const rest = await events(`?after=${first.next}&limit=3`)
    expect([rest.data.length, rest.next, rest.has_more]).toEqual([3, 8, false])
    expect(await events('?after=8')).toEqual({ data: [], next: 8, has_more: false })
    expect(await events('?after=99')).toEqual({ data: [], next: 99, has_more: false })
  })

  test('can be read by type, and tells how far it looked', async () => {
    const held = await events('?type=order.held')
    expect([held.data.map(({ sequence }: AccountEvent) => sequence), held.next]).toEqual([[3], 8])
    expect(await events('?type=order.shipped')).toEqual({ data: [], next: 8, has_more: false })
  })

  test('is one for the test world and one for the live world', async () => {
    const before = (await events()).next
    const { status } = await call('POST', '/v1/webhooks', {
      body: { url: 'https://shop.example/' },
      key: api.liveSecretKey,
    })
    expect(status).toBe(201)
    await number()
    expect((await events()).next).toBe(before)
    const live = await events('', api.liveSecretKey)
    expect(live.data.map(({ type, sequence }: AccountEvent) => [type, sequence])).toEqual([['webhook.created', 1]])
  })

  test('takes the same event once, however often it is told', async () => {
    const news = { accountId: await accountId(), isTest: true, id: makeId('event'), at: now(), data: {} }
    const before = (await events()).next
    for (let turn = 0; turn < 3; turn += 1) await recordEvent(api.database, { ...news, type: 'webhook.updated' })
    await number()
    await number()
    expect((await events()).next).toBe(before + 1)
  })

  test.each([
    '?after=-1',
    '?after=1e3',
    '?after=9999999999999999',
    '?limit=0',
    '?limit=1001',
    '?type=order',
    '?after=1&after=2',
    '?x=1',
    '?after=%00',
  ])('refuses the question %s', async (query) => {
    expect((await call('GET', `/v1/events${query}`)).json).toMatchObject({ status: 422, code: 'invalid_request' })
  })
})

describe('the sequencer', () => {
  test('in three workers at once numbers without gaps, and whoever follows by number misses nothing', async () => {
    const from = (await events()).next
    const seen: AccountEvent[] = []
    let isWriting = true
    const written = 400
    const writing = async () => {
      for (let turn = 0; turn < written / 20; turn += 1) await recorded(20)
      isWriting = false
    }
    const numbering = async () => {
      const own = createSequencer(api.database, now)
      while (isWriting) await own()
    }
    const following = async () => {
      let after = from
      while (seen.length < written) {
        const page = await events(`?after=${after}&limit=37`)
        seen.push(...page.data)
        after = page.next
        if (!isWriting) await number()
      }
    }
    await Promise.all([writing(), numbering(), numbering(), numbering(), following()])
    expect(seen.map(({ sequence }) => sequence)).toEqual(Array.from({ length: written }, (_, n) => from + n + 1))
    expect(new Set(seen.map(({ id }) => id)).size).toBe(written)
  })

  test('keeps the order in which an order changed, whatever the clocks of the machines said', async () => {
    const id = await placed()
    api.clock.now = new Date(Date.now() - 3_600_000)
    await call('POST', `/v1/orders/${id}/hold`)
    api.clock.now = new Date(Date.now() - 7_200_000)
    await call('POST', `/v1/orders/${id}/release`)
    api.clock.now = undefined
    await number()
    const log = (await events(`?after=${(await events('?limit=1000')).next - 3}`)).data
    expect(log.map(({ type }: AccountEvent) => type)).toEqual(['order.created', 'order.held', 'order.hold_released'])
  })

  test('does nothing in a turn that another worker took, and takes the next one', async () => {
    const slow = createSequencer(api.database, now)
    await slow()
    await recorded(1)
    expect(await number()).toMatchObject({ isOurs: true, numbered: 1 })
    await recorded(1)
    expect(await slow()).toMatchObject({ isOurs: false, numbered: 0 })
    expect(await slow()).toMatchObject({ isOurs: true, numbered: 1 })
  })

  test('delivers each event once to each endpoint that wants it, in the same statement', async () => {
    const made = await call('POST', '/v1/webhooks', {
      body: { url: 'https://shop.example/', event_types: ['order.held'] },
    })
    // Another worker took turns meanwhile: the first call learns that.
    await number()
    await number()
    await call('POST', `/v1/orders/${await placed()}/hold`)
    expect(await number()).toMatchObject({ numbered: 2, queued: 1 })
    const rows = await api.database.rows(
      Type.Object({ id: Type.String() }),
      `select jsonb_build_object('id', id) as row from webhook_deliveries where webhook_id = :id::text`,
      { id: made.json.id },
    )
    expect(rows).toHaveLength(1)
    await vi.waitFor(
      async () =>
        expect((await call('GET', `/v1/webhooks/${made.json.id}/deliveries`)).json.data[0]?.id).toBe(rows[0]?.id),
      20_000,
    )
  })
})
