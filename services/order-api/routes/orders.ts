import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import { Order, OrderEventList, OrderList } from '#contracts/order-api/order.ts'
import { parse } from '#contracts/parse.ts'
import { cancelOrder, isCancellable } from '../orders/cancel-order.ts'
import type { Decide } from '../orders/change.ts'
import { changeOrder } from '../orders/change-order.ts'
import { presentOrder } from '../orders/present-order.ts'
import { readEvents } from '../store/read-events.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes } from './context.ts'
import { responses } from './responses.ts'
import { wantedOrder } from './wanted-order.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })
const mostOrdersOfAPage = 100
const ListQuery = Type.Object(
  {
    cursor: Type.Optional(
      Type.String({ maxLength: 60, pattern: '^ord_[0-9a-z]{26}$', description: '`next` of the page before' }),
    ),
    limit: Type.Optional(Type.String({ pattern: '^([1-9][0-9]?|100)$', description: '1 to 100; 20 without' })),
  },
  { additionalProperties: false },
)
const base = { tags: ['Orders'] } as const

/** Reading, listing and cancelling orders, and their event log. */
export const addOrderRoutes: AddRoutes = (app, context) => {
  const { changer } = context
  app.get('/v1/orders/:id', {
    config: needs('orders:read'),
    schema: {
      ...base,
      summary: 'One order',
      params: IdPath,
      response: responses(200, Order, 'The order', 401, 403, 404),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      return presentOrder(await wantedOrder(changer.orders, caller, parse('path', IdPath, request.params).id))
    },
  })

  app.get('/v1/orders', {
    config: needs('orders:read'),
    schema: {
      ...base,
      summary: 'Your orders, newest first',
      querystring: ListQuery,
      response: responses(200, OrderList, 'One page', 401, 403, 422),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      const { cursor, limit = '20' } = parse('query', ListQuery, request.query)
      const size = Math.min(Number(limit), mostOrdersOfAPage)
      const orders = await changer.orders.list(caller, cursor, size + 1)
      const page = orders.slice(0, size)
      return { data: page.map(presentOrder), next: orders.length > size ? (page.at(-1)?.id ?? null) : null }
    },
  })

  app.post('/v1/orders/:id/cancel', {
    config: needs('orders:write'),
    schema: {
      ...base,
      summary: 'Cancel an order that no facility has yet',
      params: IdPath,
      response: responses(200, Order, 'The order, cancelled', 401, 403, 404, 409),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      const { id } = await wantedOrder(changer.orders, caller, parse('path', IdPath, request.params).id)
      return presentOrder(await changeOrder(changer, id, 'cancel', cancelIfPossible))
    },
  })

  app.get('/v1/orders/:id/events', {
    config: needs('orders:read'),
    schema: {
      ...base,
      summary: 'Everything that happened to an order, oldest first',
      params: IdPath,
      response: responses(200, OrderEventList, 'The events', 401, 403, 404),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      const { id } = await wantedOrder(changer.orders, caller, parse('path', IdPath, request.params).id)
      return { data: await readEvents(context.database, caller.accountId, id) }
    },
  })
}

const cancelIfPossible: Decide = (order, decideContext) => {
  if (isCancellable(order)) return cancelOrder(order, decideContext)
  throw new Refused('action_not_allowed', `The order is ${order.stage}; it can be cancelled until it is released.`)
}
