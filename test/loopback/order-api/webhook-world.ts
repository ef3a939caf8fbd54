import { Webhook } from 'standardwebhooks'
import { vi } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { startWebhooks } from '../../../services/order-api/webhooks/start-webhooks.ts'
import { callerOf, fresh, posterByUrl } from './client.ts'
import { startApi } from './platform.ts'
import { type Received, startReceiver } from './receiver.ts'

export type WebhookWorld = Awaited<ReturnType<typeof startWebhookWorld>>

/** The API, the sender of webhooks, and a publisher's server. */
export async function startWebhookWorld() {
  const receiver = await startReceiver()
  const api = await startApi({ allowedWebhookOrigins: [receiver.origin] })
  const call = callerOf(api)
  const stopping = new AbortController()
  const { database, keyring, webhookRules: rules, now } = api.context
  const log = createLog('test', 'fatal')
  const worker = startWebhooks({ database, keyring, rules, log, now, signal: stopping.signal })
  let endpoints = 0
  const deliveriesOf = async (id: string) => (await call('GET', `/v1/webhooks/${id}/deliveries`)).json.data
  return {
    api,
    receiver,
    call,
    worker,
    /** Makes an endpoint at a path of its own. */
    endpoint: async (event_types: readonly string[] = ['*']) => {
      endpoints += 1
      const path = `/hook-${endpoints}`
      const url = `${receiver.origin}${path}`
      const { status, json, text } = await call('POST', '/v1/webhooks', { body: { url, event_types } })
      if (status !== 201) throw new Error(`The endpoint was not made: ${text}`)
      return { id: String(json.id), secret: String(json.secret), path }
    },
    remove: (id: string) => call('DELETE', `/v1/webhooks/${id}`),
    placed: async (): Promise<string> =>
      (await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })).json.id,
    testEvent: async (id: string) => (await call('POST', `/v1/webhooks/${id}/test`)).json,
    deliveryOf: async (id: string, delivery: string) =>
      (await deliveriesOf(id)).find((each: { id: string }) => each.id === delivery),
    /** What arrived at a path of one type. */
    of: (path: string, type: string): Received[] => receiver.at(path).filter(({ json }) => json.type === type),
    /** Lets the services' clock jump. */
    later: (seconds: number): void => {
      api.clock.now = new Date(api.context.now().getTime() + seconds * 1000)
      worker.look()
    },
    close: async () => {
      stopping.abort()
      // An endpoint that never answers would hold its attempt for 15 s.
      await receiver.close()
      await worker.drain()
      await api.close()
    },
  }
}

/** What the published package says at the time of the attempt; throws when it does not verify. */
export function verified(secret: string, { body, headers }: Received): unknown {
  const told = Object.entries(headers).map(([name, value]) => [name, String(value)])
  vi.useFakeTimers({ toFake: ['Date'], now: Number(headers['webhook-timestamp']) * 1000 })
  try {
    return new Webhook(secret).verify(body, Object.fromEntries(told))
  } finally {
    vi.useRealTimers()
  }
}
