import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import { Order, OrderRequest } from '#contracts/order-api/order.ts'
import { parse } from '#contracts/parse.ts'
import type { Principal } from '../auth/principal.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { type Placed, placeOrder } from '../orders/place-order.ts'
import { presentOrder } from '../orders/present-order.ts'
import { fileIdsOf } from '../orders/sources.ts'
import { fingerprintOf, keptAnswer } from '../store/idempotency.ts'
import { insertOrder } from '../store/insert-order.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes, ApiContext } from './context.ts'
import { responses } from './responses.ts'

const Headers = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ description: 'your own id of this order: a retry with the same key never makes a second one' }),
  ),
})

type Answer = { readonly status: number; readonly body: string; readonly isReplay: boolean }

/** POST /v1/orders: one order a key, for ever. */
export const addPlaceOrderRoute: AddRoutes = (app, context) => {
  app.post('/v1/orders', {
    config: needs('orders:write'),
    schema: {
      tags: ['Orders'],
      summary: 'Place an order',
      description:
        'Safe to retry: the same Idempotency-Key with the same body gets the same answer again, with the header `Idempotent-Replayed: true`.',
      headers: Headers,
      body: OrderRequest,
      response: responses(201, Order, 'The order was taken', 400, 401, 403, 422),
    },
    handler: async (request, reply) => {
      const principal = callerOf(request)
      const key = idempotencyKey(request.headers['idempotency-key'])
      const answer = await place(context, principal, key, parse('order', OrderRequest, request.body))
      return send(reply, answer)
    },
  })
}

function send(reply: FastifyReply, { status, body, isReplay }: Answer): FastifyReply {
  if (isReplay) reply.header('idempotent-replayed', 'true')
  return reply.code(status).type('application/json; charset=utf-8').serializer(asItIs).send(body)
}

/** The bytes are already made: they are kept for retries. */
const asItIs = (body: unknown): string => String(body)

function idempotencyKey(header: string | string[] | undefined): string {
  if (header === undefined || header === '') {
    throw new Refused(
      'idempotency_key_missing',
      'Send an Idempotency-Key header: your own id of this order, such as a UUID.',
    )
  }
  if (typeof header === 'string' && /^[\x21-\x7e]{1,255}$/.test(header)) return header
  throw new Refused(
    'idempotency_key_invalid',
    'The Idempotency-Key may have 1 to 255 printable ASCII characters without spaces.',
  )
}

async function place(context: ApiContext, principal: Principal, key: string, request: OrderRequest): Promise<Answer> {
  const now = context.now()
  const { accountId, isTest, terms } = principal
  const requestSha256 = fingerprintOf(request)
  const facilities = await context.facilities.all()
  const result = placeOrder({ request, accountId, isTest, terms, facilities, now, makeId: makeIdAt(() => now) })
  if ('issues' in result) {
    // What was taken once stays taken, also when no facility is open at the time of the retry.
    const kept = await replay(context, principal, key, requestSha256)
    if (kept) return kept
    throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', result.issues)
  }
  const answer = { status: 201, body: JSON.stringify(presentOrder(result.placed.order)) }
  const inserted = await insertOrder(context.database, {
    ...result.placed,
    fileIds: request.items.flatMap(({ files = {} }) => fileIdsOf(files).map(({ id }) => id)),
    idempotency: { key, requestSha256 },
    answer,
    ringAt: new Date(now.getTime() + context.changer.patienceSeconds * 1000),
  })
  switch (inserted.outcome) {
    case 'inserted':
      ringInBackground(context, result.placed)
      return { ...answer, isReplay: false }
    case 'insufficient_credit':
      throw new Refused(
        'insufficient_credit',
        'The balance does not cover this order. Pay in (POST /v1/ledger/deposits in the test world), then send it again.',
      )
    case 'files_missing':
      throw new Refused(
        'invalid_request',
        'The fields listed in errors are not acceptable.',
        missing(request, inserted.missing),
      )
    case 'key_taken': {
      const kept = await replay(context, principal, key, requestSha256, result.placed.order.id)
      if (!kept) throw new Error('An idempotency key was taken, and then it was not there')
      return kept
    }
    default: {
      const never: never = inserted
      return never
    }
  }
}

/** The order stands; the caller need not wait for the doorbell, and a bell that is not heard is rung again. */
function ringInBackground({ changer }: ApiContext, { tickets }: Placed): void {
  void changer.ring(tickets)
}

/** The answer that this key got before; undefined for a new key. Throws Refused when it belongs to another request. */
async function replay(
  { database }: ApiContext,
  { accountId, isTest }: Principal,
  key: string,
  requestSha256: string,
  orderId?: string,
): Promise<Answer | undefined> {
  const kept = await keptAnswer(database, accountId, key)
  if (!kept) return undefined
  if (kept.requestSha256 !== requestSha256) {
    throw new Refused(
      'idempotency_key_reused',
      'This Idempotency-Key belongs to an order with another body. Use a new key for a new order, or send the first body again.',
    )
  }
  if (kept.isTest !== isTest) {
    const kind = kept.isTest ? 'a test' : 'a live'
    throw new Refused('idempotency_key_reused', `This Idempotency-Key belongs to ${kind} order. Use a new one.`)
  }
  // The SDK sent our own insert a second time after a lost reply: the first one took the key, and this is no replay.
  return { status: kept.status, body: kept.body, isReplay: kept.orderId !== orderId }
}

function missing(request: OrderRequest, ids: readonly string[]) {
  return request.items.flatMap(({ files = {} }, index) =>
    fileIdsOf(files)
      .filter(({ id }) => ids.includes(id))
      .map(({ id, pointer }) => ({
        pointer: `/items/${index}/files${pointer}`,
        detail: `there is no file ${id} in your account; announce it with POST /v1/files first`,
      })),
  )
}
