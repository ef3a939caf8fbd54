import { Refused } from '#chassis/errors.ts'
import type { Principal } from '../auth/principal.ts'
import { insufficientCredit } from '../ledger/insufficient-credit.ts'
import type { Order } from '../orders/order.ts'
import type { Placed } from '../orders/place-order.ts'
import { presentOrder } from '../orders/present-order.ts'
import type { ReprintedOrder } from '../orders/reprint.ts'
import { insertOrder } from '../store/insert-order.ts'
import { orderOfReference } from '../store/order-of-reference.ts'
import type { ApiContext } from './context.ts'
import { type Answer, replay } from './idempotent.ts'

/** An order that is decided, and the request that it answers. */
export type Taking = {
  readonly placed: Placed
  /** Uploaded files that must be the account's own. */
  readonly fileIds: readonly string[]
  readonly key: string
  readonly requestSha256: string
  /** The order that it prints again. */
  readonly reprinted?: ReprintedOrder['reprinted']
}

export type Taken =
  | { readonly outcome: 'taken'; readonly answer: Answer }
  /** Files are missing; or none is, and the order that it prints again was changed meanwhile. */
  | { readonly outcome: 'not_taken'; readonly missing: readonly string[] }

/**
 * Writes the order, rings for its tickets and says the answer; a key that was used gives its old answer again.
 * Throws Refused `insufficient_credit`, `reference_taken`, and `idempotency_key_reused`.
 */
export async function takeOrder(context: ApiContext, principal: Principal, taking: Taking): Promise<Taken> {
  const { placed, fileIds, key, requestSha256, reprinted } = taking
  const answer = { status: 201, body: JSON.stringify(presentOrder(placed.order)) }
  const inserted = await insertOrder(context.database, {
    ...placed,
    fileIds,
    idempotency: { key, requestSha256 },
    answer,
    ...(reprinted ? { reprinted } : {}),
    ringAt: new Date(Date.parse(placed.order.createdAt) + context.changer.patienceSeconds * 1000),
  })
  switch (inserted.outcome) {
    case 'inserted':
      // The order stands; the caller need not wait for the doorbell, and a bell that is not heard is rung again.
      void context.changer.ring(placed.tickets)
      return { outcome: 'taken', answer: { ...answer, isReplay: false } }
    case 'insufficient_credit':
      throw await insufficientCredit(context.database, principal, 'order', placed.entries)
    case 'reference_taken':
      throw await referenceTaken(context, placed.order)
    case 'files_missing':
      return { outcome: 'not_taken', missing: inserted.missing }
    case 'overtaken':
      return { outcome: 'not_taken', missing: [] }
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

async function referenceTaken({ database }: ApiContext, order: Order): Promise<Refused> {
  const { reference = '' } = order
  const id = await orderOfReference(database, order, reference)
  return new Refused(
    'reference_taken',
    `The reference "${reference}" belongs to ${id ?? 'another order'}, for ever. A retry of that order needs its own Idempotency-Key; a new order needs a new reference.`,
  )
}
