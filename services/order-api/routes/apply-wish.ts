import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Order } from '#contracts/order-api/order.ts'
import type { Decide } from '../orders/change.ts'
import { changeOrder } from '../orders/change-order.ts'
import { presentOrder } from '../orders/present-order.ts'
import { fingerprintOf } from '../store/idempotency.ts'
import { callerOf } from './access.ts'
import type { ApiContext } from './context.ts'
import { idempotencyKey } from './idempotent.ts'
import { wantedOrder } from './wanted-order.ts'

export type Wish = { readonly orderId: string; readonly name: string; readonly decide: Decide }

/**
 * Applies what somebody wants of their own order. Each wish is a cause of its own; with an Idempotency-Key the key is: the same wish
 * sent again answers with the order as it is and does nothing.
 */
export async function applyWish({ changer }: ApiContext, request: FastifyRequest, wish: Wish): Promise<Order> {
  const { orderId, name, decide } = wish
  await wantedOrder(changer.orders, callerOf(request), orderId)
  return presentOrder(await changeOrder(changer, orderId, `${name}/${causeOf(request)}`, decide))
}

function causeOf({ headers, body }: FastifyRequest): string {
  const header = headers['idempotency-key']
  if (header === undefined) return randomUUID()
  return `${idempotencyKey(header)}/${fingerprintOf(body ?? null)}`
}
