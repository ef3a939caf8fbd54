import { Type } from 'typebox'
import { Id } from '#contracts/ids.ts'
import { PageSize } from '#contracts/order-api/number-text.ts'
import { Order } from '#contracts/order-api/order.ts'
import { OrderEventList, OrderList } from '#contracts/order-api/order-lists.ts'
import { parse } from '#contracts/parse.ts'
import { presentOrder } from '../orders/present-order.ts'
import { readEvents } from '../store/read-events.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes } from './context.ts'
import { responses, sendJsonText } from './responses.ts'
import { noSuchOrder, wantedOrder } from './wanted-order.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })
const mostOrdersOfAPage = 100
const ListQuery = Type.Object(
  {
    cursor: Type.Optional(Id('order', '`next` of the page before')),
    limit: Type.Optional(PageSize),
  },
  { additionalProperties: false },
)
const base = { tags: ['Orders'] } as const

/** Reading and listing orders, and their event logs. */
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
    handler: async (request, reply) => {
      const { id } = parse('path', IdPath, request.params)
      const answer = await changer.orders.answer(callerOf(request), id)
      if (answer === undefined) throw noSuchOrder(id)
      return sendJsonText(reply.header('etag', answer.tag), answer.text)
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
