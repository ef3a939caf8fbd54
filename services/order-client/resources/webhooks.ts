import type { Read } from '../cache/freshness.ts'
import type {
  Webhook,
  WebhookChange,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookList,
  WebhookRequest,
  WebhookTest,
} from '../contract-types.ts'
import type { CallOptions } from '../http/caller.ts'
import { everyEntry, segment, withQuery } from '../pages.ts'
import { type Api, dataOf } from './api.ts'

/** Endpoints of yours that are told of events. */
export type WebhookCalls = {
  readonly list: (options?: CallOptions) => Promise<Read<readonly Webhook[]>>
  readonly get: (id: string, options?: CallOptions) => Promise<Read<Webhook>>
  /** The answer holds the `secret`, this once. Not sent again when an answer is lost: that could make two. */
  readonly create: (request: WebhookRequest, options?: CallOptions) => Promise<Webhook>
  readonly change: (id: string, change: WebhookChange, options?: CallOptions) => Promise<Webhook>
  readonly delete: (id: string, options?: CallOptions) => Promise<void>
  /** A new `secret`; the old one signs as well for a while. Not sent again when an answer is lost. */
  readonly rotateSecret: (id: string, options?: CallOptions) => Promise<Webhook>
  /** Sends a test event. */
  readonly test: (id: string, options?: CallOptions) => Promise<WebhookTest>
  /** What was sent and what came back, newest first. */
  readonly deliveries: (id: string, options?: CallOptions) => AsyncGenerator<WebhookDelivery>
  readonly redeliver: (id: string, deliveryId: string, options?: CallOptions) => Promise<WebhookDelivery>
}

export function webhookCalls({ read, readNow, write, finish }: Api): WebhookCalls {
  const at = (id: string, rest = ''): string => `/v1/webhooks/${segment(id)}${rest}`
  const post = { method: 'POST', isRepeatable: false } as const
  return {
    list: async (options) => dataOf(await read<WebhookList>('/v1/webhooks', options)),
    get: (id, options) => read(at(id), options),
    create: (body, options) => write({ ...options, ...post, path: '/v1/webhooks', body }),
    change: (id, body, options) => write({ ...options, method: 'PATCH', path: at(id), body }),
    delete: (id, options) => finish({ ...options, method: 'DELETE', path: at(id) }),
    rotateSecret: (id, options) => write({ ...options, ...post, path: at(id, '/rotate_secret') }),
    test: (id, options) => write({ ...options, ...post, path: at(id, '/test') }),
    deliveries: (id, options) =>
      everyEntry((cursor) =>
        readNow<WebhookDeliveryList>(withQuery(at(id, '/deliveries'), { cursor, limit: 100 }), options),
      ),
    redeliver: (id, deliveryId, options) =>
      write({ ...options, ...post, path: at(id, `/deliveries/${segment(deliveryId)}/redeliver`) }),
  }
}
