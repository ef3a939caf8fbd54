import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebhookDelivery, WebhookMessage, Webhook as WebhookSchema } from '#contracts/order-api/webhook.ts'
import { issuesOf } from '#contracts/parse.ts'
import { retrySeconds } from '../../../services/order-api/webhooks/settlement.ts'
import { startWebhookWorld, verified, type WebhookWorld } from './webhook-world.ts'

let world: WebhookWorld
let receiver: WebhookWorld['receiver']
let call: WebhookWorld['call']
let worker: WebhookWorld['worker']
let endpoint: WebhookWorld['endpoint']
let remove: WebhookWorld['remove']
let placed: WebhookWorld['placed']
let testEvent: WebhookWorld['testEvent']
let deliveryOf: WebhookWorld['deliveryOf']
let of: WebhookWorld['of']
let later: WebhookWorld['later']

beforeAll(async () => {
  world = await startWebhookWorld()
  ;({ receiver, call, worker, endpoint, remove, placed, testEvent, deliveryOf, of, later } = world)
})
afterAll(() => world?.close())

type Told = { readonly type: string; readonly data: { readonly webhook_id: string } }

describe('a webhook', () => {
  test('arrives signed as Standard Webhooks has it, with ids and no personal data', async () => {
    const { id, secret, path } = await endpoint(['order.created'])
    const orderId = await placed()
    await vi.waitFor(() => expect(receiver.at(path)).toHaveLength(1), 10_000)
    const [received] = receiver.at(path)
    if (!received) throw new Error('nothing arrived')
    expect(verified(secret, received)).toMatchObject({
      type: 'order.created',
      data: { order_id: orderId, is_test: true },
    })
    expect(() => verified(`${secret.slice(0, -4)}AAA=`, received)).toThrow('No matching signature')
    expect(issuesOf(WebhookMessage, received.json)).toEqual([])
    expect(received.json.data.event_id).toBe(received.id)
    expect(received.body).not.toMatch(/Ada|Oudegracht|Utrecht/)
    const { data } = (await call('GET', `/v1/events?after=${received.json.data.sequence - 1}&limit=1`)).json
    expect(data[0]).toMatchObject({ id: received.id, type: 'order.created', order_id: orderId })
    await remove(id)
  })

  test('goes only where its type is wanted, and a test event goes where it is sent', async () => {
    const wants = await endpoint(['order.held'])
    const other = await endpoint(['item.shipped'])
    await call('POST', `/v1/orders/${await placed()}/hold`)
    const { event_id } = await testEvent(other.id)
    await vi.waitFor(() => expect(of(other.path, 'webhook.test').map(({ id }) => id)).toEqual([event_id]), 10_000)
    await vi.waitFor(() => expect(receiver.at(wants.path).map(({ json }) => json.type)).toEqual(['order.held']), 10_000)
    expect(receiver.at(other.path)).toHaveLength(1)
    await Promise.all([wants, other].map(({ id }) => remove(id)))
  })

  test('that fails comes again by the schedule under the same id and with the same body, and the log says why', async () => {
    const { id, path } = await endpoint(['order.cancelled'])
    receiver.answer(path, (response) => response.writeHead(500).end('boom'))
    const { event_id, delivery_id } = await testEvent(id)
    await vi.waitFor(async () => expect((await deliveryOf(id, delivery_id)).attempts).toHaveLength(1), 10_000)
    expect((await call('GET', `/v1/webhooks/${id}`)).json.failing_since).toEqual(expect.any(String))
    later(6)
    await vi.waitFor(async () => expect((await deliveryOf(id, delivery_id)).attempts).toHaveLength(2), 10_000)
    receiver.answer(path, (response) => response.writeHead(200).end('ok'))
    later(331)
    await vi.waitFor(async () => expect((await deliveryOf(id, delivery_id)).state).toBe('delivered'), 10_000)
    const delivery = await deliveryOf(id, delivery_id)
    expect(issuesOf(WebhookDelivery, delivery)).toEqual([])
    expect(delivery).toMatchObject({ event_id, event_type: 'webhook.test', next_attempt_at: null })
    expect(
      delivery.attempts.map(({ attempt, status, answer }: Record<string, unknown>) => [attempt, status, answer]),
    ).toEqual([
      [1, 500, 'boom'],
      [2, 500, 'boom'],
      [3, 200, 'ok'],
    ])
    expect(new Set(receiver.at(path).map(({ id: each, body }) => each + body)).size).toBe(1)
    expect((await call('GET', `/v1/webhooks/${id}`)).json).not.toHaveProperty('failing_since')
    await remove(id)
  })

  test('is sent again on demand, also when it was delivered', async () => {
    const { id, path } = await endpoint(['order.held'])
    const { delivery_id } = await testEvent(id)
    await vi.waitFor(async () => expect((await deliveryOf(id, delivery_id))?.state).toBe('delivered'), 10_000)
    const again = await call('POST', `/v1/webhooks/${id}/deliveries/${delivery_id}/redeliver`)
    expect([again.status, again.json.state]).toEqual([202, 'pending'])
    worker.look()
    await vi.waitFor(() => expect(receiver.at(path)).toHaveLength(2), 10_000)
    await remove(id)
  })

  test('is not carried on to where a redirect points', async () => {
    const { id, path } = await endpoint(['order.held'])
    receiver.answer(path, (response) => response.writeHead(307, { location: `${receiver.origin}/elsewhere` }).end())
    const { delivery_id } = await testEvent(id)
    await vi.waitFor(async () => expect((await deliveryOf(id, delivery_id))?.attempts).toHaveLength(1), 10_000)
    expect((await deliveryOf(id, delivery_id)).attempts[0]).toMatchObject({
      status: 307,
      fault: expect.stringContaining('redirect'),
    })
    expect(receiver.at('/elsewhere')).toEqual([])
    await remove(id)
  })

  test('is put off for as long as a busy endpoint asks', async () => {
    const { id, path } = await endpoint(['order.held'])
    receiver.answer(path, (response) => response.writeHead(503, { 'retry-after': '3600' }).end())
    const { delivery_id } = await testEvent(id)
    await vi.waitFor(async () => expect((await deliveryOf(id, delivery_id))?.attempts).toHaveLength(1), 10_000)
    const { next_attempt_at, attempts } = await deliveryOf(id, delivery_id)
    expect(Date.parse(next_attempt_at) - Date.parse(attempts[0].at)).toBeGreaterThanOrEqual(3_600_000)
    await remove(id)
  })

  test('finds hostile answers harmless: endless bodies, control characters, broken UTF-8', async () => {
    const { id, path } = await endpoint(['order.held'])
    receiver.answer(path, (response) => {
      response.writeHead(200)
      response.write(Buffer.from('\u0000\u001b[2J'))
      response.write(Buffer.from([0xff, 0xfe, 0xf0, 0x9f]))
      response.write('x'.repeat(1_000_000))
    })
    const { delivery_id } = await testEvent(id)
    await vi.waitFor(async () => expect((await deliveryOf(id, delivery_id))?.state).toBe('delivered'), 10_000)
    const [{ answer }] = (await deliveryOf(id, delivery_id)).attempts
    expect([answer.length, answer.slice(0, 2)]).toEqual([1000, '\ufffd\ufffd'])
    await remove(id)
  })
})

describe('an endpoint', () => {
  test('where nothing arrives for three days is given up with an event; one that refuses a single event is not', async () => {
    const dead = await endpoint(['order.delivered'])
    const picky = await endpoint(['order.held'])
    for (const { path } of [dead, picky]) {
      receiver.answer(path, (response, { json }) => response.writeHead(json.type === 'order.held' ? 204 : 500).end())
    }
    const [one, other] = [(await testEvent(dead.id)).delivery_id, (await testEvent(picky.id)).delivery_id]
    for (const [index, seconds] of retrySeconds.entries()) {
      await vi.waitFor(async () => {
        expect((await deliveryOf(dead.id, one)).attempts).toHaveLength(index + 1)
        expect((await deliveryOf(picky.id, other)).attempts).toHaveLength(index + 1)
      }, 10_000)
      if (seconds === retrySeconds.at(-1)) await call('POST', `/v1/orders/${await placed()}/hold`)
      // Written down, not only arrived, before the clock goes on.
      await vi.waitFor(async () => {
        const { data } = (await call('GET', `/v1/webhooks/${picky.id}/deliveries`)).json
        const held = data.filter(({ event_type }: { event_type: string }) => event_type === 'order.held')
        expect(held.map(({ state }: { state: string }) => state)).toEqual(seconds === 86_400 ? ['delivered'] : [])
      }, 10_000)
      expect(of(picky.path, 'order.held')).toHaveLength(seconds === 86_400 ? 1 : 0)
      later(seconds * 1.11)
    }
    await vi.waitFor(async () => {
      expect([(await deliveryOf(dead.id, one)).state, (await deliveryOf(picky.id, other)).state]).toEqual([
        'failed',
        'failed',
      ])
    }, 10_000)
    const [given, kept] = [
      (await call('GET', `/v1/webhooks/${dead.id}`)).json,
      (await call('GET', `/v1/webhooks/${picky.id}`)).json,
    ]
    expect([given.disabled_reason, kept.enabled]).toEqual(['failing', true])
    worker.look()
    await vi.waitFor(async () => {
      const { data } = (await call('GET', '/v1/events?limit=1000')).json
      expect(
        data
          .slice(-2)
          .map(({ type, data: { webhook_id } }: Told) => [type, webhook_id])
          .toSorted(),
      ).toEqual([
        ['webhook.delivery_failed', picky.id],
        ['webhook.disabled', dead.id],
      ])
    }, 10_000)
    await Promise.all([dead, picky].map(({ id }) => remove(id)))
  })

  test('that answers 410 gets nothing more, and says so in the log of events', async () => {
    const { id, path } = await endpoint(['order.created'])
    receiver.answer(path, (response) => response.writeHead(410).end())
    await testEvent(id)
    await vi.waitFor(async () => {
      expect((await call('GET', `/v1/webhooks/${id}`)).json).toMatchObject({ enabled: false, disabled_reason: 'gone' })
    }, 10_000)
    await placed()
    worker.look()
    await vi.waitFor(async () => {
      const { data } = (await call('GET', '/v1/events?type=webhook.disabled')).json
      expect(data.at(-1)?.data).toEqual({ webhook_id: id, reason: 'gone' })
    }, 10_000)
    expect(receiver.at(path)).toHaveLength(1)
    expect((await call('POST', `/v1/webhooks/${id}/test`)).json).toMatchObject({
      status: 409,
      code: 'action_not_allowed',
    })
    const enabled = await call('PATCH', `/v1/webhooks/${id}`, { body: { enabled: true } })
    expect(issuesOf(WebhookSchema, enabled.json)).toEqual([])
    expect(enabled.json).not.toHaveProperty('disabled_reason')
    await remove(id)
  })

  test('keeps what waits while it is disabled, and gets it when it is enabled', async () => {
    const { id, path } = await endpoint(['order.held'])
    receiver.answer(path, (response) => response.writeHead(500).end())
    const { delivery_id, event_id } = await testEvent(id)
    await vi.waitFor(async () => expect((await deliveryOf(id, delivery_id))?.attempts).toHaveLength(1), 10_000)
    await call('PATCH', `/v1/webhooks/${id}`, { body: { enabled: false } })
    later(60)
    receiver.answer(path, (response) => response.writeHead(204).end())
    expect((await call('POST', `/v1/webhooks/${id}/deliveries/${delivery_id}/redeliver`)).status).toBe(409)
    await call('PATCH', `/v1/webhooks/${id}`, { body: { enabled: true } })
    worker.look()
    await vi.waitFor(() => expect(receiver.at(path).map((each) => each.id)).toEqual([event_id, event_id]), 10_000)
    await remove(id)
  })

  test('signs with the old and the new secret for a day after a rotation, and then with the new one', async () => {
    const { id, secret, path } = await endpoint(['order.held'])
    const rotated = await call('POST', `/v1/webhooks/${id}/rotate_secret`)
    expect(rotated.json.secret).not.toBe(secret)
    expect((await call('GET', `/v1/webhooks/${id}`)).json).not.toHaveProperty('secret')
    await testEvent(id)
    await vi.waitFor(() => expect(receiver.at(path)).toHaveLength(1), 10_000)
    later(25 * 3600)
    await testEvent(id)
    await vi.waitFor(() => expect(receiver.at(path)).toHaveLength(2), 10_000)
    const [first, second] = receiver.at(path)
    if (!first || !second) throw new Error('nothing arrived')
    for (const each of [secret, rotated.json.secret])
      expect(verified(each, first)).toMatchObject({ type: 'webhook.test' })
    expect(verified(rotated.json.secret, second)).toMatchObject({ type: 'webhook.test' })
    expect(() => verified(secret, second)).toThrow('No matching signature')
    for (let turn = 0; turn < 4; turn += 1) await call('POST', `/v1/webhooks/${id}/rotate_secret`)
    expect((await call('POST', `/v1/webhooks/${id}/rotate_secret`)).json).toMatchObject({ code: 'action_not_allowed' })
    await remove(id)
  })

  test('that is dead delays no other', async () => {
    const dead = await endpoint(['order.created'])
    const alive = await endpoint(['order.created'])
    receiver.answer(dead.path, () => undefined)
    const orders = [await placed(), await placed(), await placed(), await placed(), await placed(), await placed()]
    const told = () => receiver.at(alive.path).map(({ json }) => json.data.order_id)
    await vi.waitFor(() => expect(told().toSorted()).toEqual(orders.toSorted()), 5_000)
    await Promise.all([dead, alive].map(({ id }) => remove(id)))
  })
})
