import { type Static, Type } from 'typebox'
import { eventTypeNames } from '../event-types.ts'
import { Id } from '../ids.ts'
import { PageSize } from './number-text.ts'

const strict = { additionalProperties: false } as const

/** Of one account, in each of its two worlds. */
export const mostWebhooks = 20

const Target = Type.String({
  minLength: 1,
  maxLength: 2000,
  pattern: '^https?://',
  description: 'a public https address, port 443, without a login in it',
})
const EventTypes = Type.Array(Type.Enum(['*', ...eventTypeNames]), {
  minItems: 1,
  maxItems: 100,
  uniqueItems: true,
  description: 'types of events to send, or ["*"] for all',
})
const Description = Type.String({ maxLength: 200, description: 'for yourself' })

export const exampleWebhook = {
  url: 'https://shop.example/printcloud',
  event_types: ['order.shipped', 'order.cancelled', 'item.sources_rejected'],
  description: 'order desk',
}

/** Body of POST /v1/webhooks. */
export const WebhookRequest = Type.Object(
  {
    url: Target,
    event_types: Type.Optional(EventTypes),
    description: Type.Optional(Description),
    enabled: Type.Optional(Type.Boolean()),
  },
  { ...strict, examples: [exampleWebhook] },
)
export type WebhookRequest = Static<typeof WebhookRequest>

/** Body of PATCH /v1/webhooks/{id}: what is absent stays. */
export const WebhookChange = Type.Object(
  {
    url: Type.Optional(Target),
    event_types: Type.Optional(EventTypes),
    description: Type.Optional(Description),
    enabled: Type.Optional(
      Type.Boolean({ description: 'true sends again, beginning with what waited when it was disabled' }),
    ),
  },
  { ...strict, minProperties: 1, examples: [{ event_types: ['*'] }] },
)
export type WebhookChange = Static<typeof WebhookChange>

/** Why an endpoint gets nothing. */
export const disabledReasons = ['asked', 'gone', 'failing'] as const
export type DisabledReason = (typeof disabledReasons)[number]

export const Webhook = Type.Object(
  {
    id: Id('webhook'),
    object: Type.Literal('webhook'),
    is_test: Type.Boolean(),
    url: Type.String(),
    event_types: Type.Array(Type.String()),
    description: Type.String(),
    enabled: Type.Boolean(),
    disabled_reason: Type.Optional(
      Type.Enum(disabledReasons, {
        description: 'asked: by you; gone: it answered 410; failing: nothing arrived for three days',
      }),
    ),
    failing_since: Type.Optional(Type.String({ description: 'no attempt has succeeded since' })),
    secret: Type.Optional(
      Type.String({ description: 'whsec_…: verifies signatures. Shown when it is made, and never again' }),
    ),
    old_secrets_until: Type.Optional(
      Type.String({ description: 'until then the secrets from before the last rotation sign as well' }),
    ),
    created_at: Type.String(),
    updated_at: Type.String(),
  },
  strict,
)
export type Webhook = Static<typeof Webhook>

export const WebhookList = Type.Object(
  { data: Type.Array(Webhook), next: Type.Null({ description: 'all are in one answer' }) },
  strict,
)
export const DeletedWebhook = Type.Object(
  { id: Id('webhook'), object: Type.Literal('webhook'), deleted: Type.Literal(true) },
  strict,
)

/** Answer of POST /v1/webhooks/{id}/test: what is on its way. */
export const WebhookTest = Type.Object({ event_id: Id('event'), delivery_id: Id('delivery') }, strict)
export type WebhookTest = Static<typeof WebhookTest>

export const DeliveryAttempt = Type.Object(
  {
    attempt: Type.Integer({ minimum: 1 }),
    at: Type.String(),
    status: Type.Optional(Type.Integer({ description: 'HTTP status of the answer; absent when none came' })),
    fault: Type.Optional(Type.String({ description: 'why it did not arrive, in words' })),
    milliseconds: Type.Integer({ minimum: 0 }),
    answer: Type.Optional(Type.String({ description: 'first 1,000 characters of the answer' })),
  },
  strict,
)
export type DeliveryAttempt = Static<typeof DeliveryAttempt>

export const deliveryStates = ['pending', 'delivered', 'failed'] as const

/** One event on its way to one endpoint. */
export const WebhookDelivery = Type.Object(
  {
    id: Id('delivery'),
    object: Type.Literal('webhook_delivery'),
    webhook_id: Id('webhook'),
    event_id: Id('event', 'the webhook-id of all its attempts'),
    event_type: Type.String(),
    sequence: Type.Integer({ description: 'of the event' }),
    state: Type.Enum(deliveryStates, { description: 'failed: given up; redeliver begins anew' }),
    next_attempt_at: Type.Union([Type.String(), Type.Null()]),
    attempts: Type.Array(DeliveryAttempt, { description: 'the last ten, oldest first' }),
    created_at: Type.String(),
  },
  strict,
)
export type WebhookDelivery = Static<typeof WebhookDelivery>

export const WebhookDeliveryList = Type.Object(
  {
    data: Type.Array(WebhookDelivery),
    next: Type.Union([Type.String(), Type.Null()], { description: 'cursor of the next page' }),
  },
  strict,
)

export const WebhookDeliveryQuery = Type.Object(
  {
    cursor: Type.Optional(Id('delivery', '`next` of the page before')),
    limit: Type.Optional(PageSize),
  },
  strict,
)

/**
 * The body of a webhook (Standard Webhooks): that something happened, and to what. Read the thing itself for the rest. Headers:
 * webhook-id (the event's id, the same at every attempt), webhook-timestamp, webhook-signature.
 */
export const WebhookMessage = Type.Object({
  type: Type.String({ description: 'type of the event' }),
  timestamp: Type.String({ description: 'when it happened' }),
  data: Type.Object(
    {
      event_id: Id('event'),
      sequence: Type.Integer({ minimum: 1, description: 'gapless in the account and world: a hole is to be read up' }),
      account_id: Id('account'),
      is_test: Type.Boolean(),
      order_id: Type.Optional(Id('order')),
    },
    { description: 'and the other ids of the event: item_id, job_id, webhook_id …' },
  ),
})
export type WebhookMessage = Static<typeof WebhookMessage>
