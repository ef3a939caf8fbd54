import type { WebhookMessage } from '#contracts/order-api/webhook.ts'

/** The event that a webhook is about; `ids` are those of its data whose names end in _id. */
export type ToldEvent = {
  readonly id: string
  readonly sequence: number
  readonly type: string
  readonly at: string
  readonly accountId: string
  readonly isTest: boolean
  readonly orderId: string | null
  readonly ids: Readonly<Record<string, string>>
}

/**
 * The body of a webhook, the same bytes at every attempt: what happened and to what, and nothing that could be read over somebody's
 * shoulder. Everything else is read with a key.
 */
export function messageOf({ id, sequence, type, at, accountId, isTest, orderId, ids }: ToldEvent): string {
  const message: WebhookMessage = {
    type,
    timestamp: at,
    data: {
      ...Object.fromEntries(Object.entries(ids).toSorted(([one], [other]) => (one < other ? -1 : 1))),
      event_id: id,
      sequence,
      account_id: accountId,
      is_test: isTest,
      ...(orderId === null ? {} : { order_id: orderId }),
    },
  }
  return JSON.stringify(message)
}
