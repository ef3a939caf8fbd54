import type { Order, OrderRequest } from '../contract-types.ts'
import { arrivedPerhaps, type CallOptions } from '../http/caller.ts'
import { wantIdempotencyKey } from '../http/sendable.ts'
import { PrintcloudError } from '../printcloud-error.ts'
import type { OnceOptions } from '../resources/api.ts'
import { randomId } from '../web-crypto.ts'
import type { Spool, SpooledOrder } from './spool.ts'

/** What became of the orders that waited. */
export type SentOrders = {
  readonly placed: readonly { readonly idempotencyKey: string; readonly order: Order }[]
  /** Put aside: their bodies can never be taken. */
  readonly refused: readonly { readonly idempotencyKey: string; readonly error: PrintcloudError }[]
  /** Still on disk: there was no answer, or the key or the balance does not do. */
  readonly waiting: number
}
export type SendOrder = (order: OrderRequest, options: OnceOptions) => Promise<Order>
export type World = { readonly baseUrl: string; readonly isTest: boolean }

/** Puts the order on disk, sends it, takes it off the disk when it is answered. */
export async function placeBySpool(
  spool: Spool,
  { baseUrl, isTest }: World,
  send: SendOrder,
  order: OrderRequest,
  options: OnceOptions,
): Promise<Order> {
  const idempotencyKey = options.idempotencyKey ?? (await randomId())
  wantIdempotencyKey(idempotencyKey)
  const storedAt = new Date().toISOString()
  await spool.put({ idempotencyKey, baseUrl, isTest, body: JSON.stringify(order), storedAt })
  try {
    const placed = await send(order, { ...options, idempotencyKey })
    await spool.remove(idempotencyKey)
    return placed
  } catch (error) {
    if (error instanceof PrintcloudError) {
      // A clear no is the caller's to handle; anything else stays on disk.
      if (isRefusal(error) && !mayHaveArrived(error)) await spool.remove(idempotencyKey)
      else error.isSpooled = true
    }
    throw error
  }
}

/** Sends what waits for this API and world, oldest first, each with its own key; stops where there is no answer. */
export async function sendSpooled(
  spool: Spool,
  world: World,
  send: SendOrder,
  options: CallOptions,
): Promise<SentOrders> {
  const waiting = (await spool.waiting()).filter((each) => isFor(each, world))
  const placed: { idempotencyKey: string; order: Order }[] = []
  const refused: { idempotencyKey: string; error: PrintcloudError }[] = []
  for (const each of waiting) {
    const { idempotencyKey } = each
    try {
      const order = await send(requestOf(each), { ...options, idempotencyKey })
      await spool.remove(idempotencyKey)
      placed.push({ idempotencyKey, order })
    } catch (error) {
      if (!(error instanceof PrintcloudError)) throw error
      if (!isRefusal(error) || isAboutTheAccount(error)) break
      await spool.refuse(each, error.message)
      refused.push({ idempotencyKey, error })
    }
  }
  return { placed, refused, waiting: waiting.length - placed.length - refused.length }
}

const isFor = (order: SpooledOrder, { baseUrl, isTest }: World): boolean =>
  order.baseUrl === baseUrl && order.isTest === isTest

/** An answer, and one that will not change. */
const isRefusal = ({ status, isRetryable }: PrintcloudError): boolean => status >= 400 && !isRetryable

/** Not the order's fault: the key may be changed, the balance filled. */
const isAboutTheAccount = ({ status }: PrintcloudError): boolean => [401, 402, 403].includes(status)

/** An earlier try may have been taken, and the key or the balance changed in between: the order itself was not judged. */
const mayHaveArrived = (error: PrintcloudError): boolean => isAboutTheAccount(error) && arrivedPerhaps.has(error)

function requestOf({ body }: SpooledOrder): OrderRequest {
  const request: unknown = JSON.parse(body)
  if (isRequest(request)) return request
  throw new Error('A spooled order is no JSON object')
}

const isRequest = (value: unknown): value is OrderRequest => typeof value === 'object' && value !== null
