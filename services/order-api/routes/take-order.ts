import { Refused } from '#chassis/errors.ts'
import type { Principal } from '../auth/principal.ts'
import type { Placed } from '../orders/place-order.ts'
import { presentOrder } from '../orders/present-order.ts'
import { insertOrder } from '../store/insert-order.ts'
import type { ApiContext } from './context.ts'
import { type Answer, replay } from './idempotent.ts'

/** An order that is decided, and the request that it answers. */
export type Taking = {
  readonly placed: Placed
  /** Uploaded files that must be the account's own. */
  readonly fileIds: readonly string[]
  readonly key: string
  readonly requestSha256: string
}

export type Taken =
  | { readonly outcome: 'taken'; readonly answer: Answer }
  | { readonly outcome: 'files_missing'; readonly missing: readonly string[] }

/**
 * Writes the order, rings for its tickets and says the answer; a key that was used gives its old answer again.
 * Throws Refused `insufficient_credit`, and `idempotency_key_reused`.
 */
export async function takeOrder(context: ApiContext, principal: Principal, taking: Taking): Promise<Taken> {
  const { placed, fileIds, key, requestSha256 } = taking
  const answer = { status: 201, body: JSON.stringify(presentOrder(placed.order)) }
  const inserted = await insertOrder(context.database, {
    ...placed,
    fileIds,
    idempotency: { key, requestSha256 },
    answer,
    ringAt: new Date(Date.parse(placed.order.createdAt) + context.changer.patienceSeconds * 1000),
  })
  switch (inserted.outcome) {
    case 'inserted':
      // The order stands; the caller need not wait for the doorbell, and a bell that is not heard is rung again.
      void context.changer.ring(placed.tickets)
      return { outcome: 'taken', answer: { ...answer, isReplay: false } }
    case 'insufficient_credit':
      throw new Refused(
        'insufficient_credit',
        'The balance does not cover this order. Pay in (POST /v1/ledger/deposits in the test world), then send it again.',
      )
    case 'files_missing':
      return inserted
    case 'key_taken': {
      const kept = await replay(context, principal, key, requestSha256, placed.order.id)
      if (!kept) throw new Error('An idempotency key was taken, and then it was not there')
      return { outcome: 'taken', answer: kept }
    }
    default: {
      const never: never = inserted
      return never
    }
  }
}
