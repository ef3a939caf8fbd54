import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ItemFiles, Order, OrderActionList } from '#contracts/order-api/order.ts'
import { parse } from '#contracts/parse.ts'
import { actionsOf } from '../orders/actions-of.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import type { Decide } from '../orders/change.ts'
import { changeOrder } from '../orders/change-order.ts'
import { confirmOrder } from '../orders/confirm-order.ts'
import { holdOrder, releaseHold } from '../orders/hold-order.ts'
import { presentOrder } from '../orders/present-order.ts'
import { replaceFiles } from '../orders/replace-files.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes, ApiContext } from './context.ts'
import { responses } from './responses.ts'
import { wantedOrder } from './wanted-order.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })
const ItemPath = Type.Object({ id: Type.String({ maxLength: 60 }), item: Type.String({ maxLength: 60 }) })
const tags = ['Orders']

/** What needs nothing but the order: its name in the address, what it does, what it changes. */
const plain: readonly { readonly name: string; readonly summary: string; readonly decide: Decide }[] = [
  { name: 'cancel', summary: 'Cancel an order, or ask its facility to', decide: cancelOrder },
  { name: 'hold', summary: 'Keep an order from being released', decide: holdOrder },
  { name: 'release', summary: 'Take the hold off', decide: releaseHold },
]

/** What can be asked of an order after it was placed, and what of it is possible now. */
export const addOrderActionRoutes: AddRoutes = (app, context) => {
  app.get('/v1/orders/:id/actions', {
    config: needs('orders:read'),
    schema: {
      tags,
      summary: 'What is still possible, and until when',
      params: IdPath,
      response: responses(200, OrderActionList, 'Every action', 401, 403, 404),
    },
    handler: async (request) => {
      const { id } = parse('path', IdPath, request.params)
      const order = await wantedOrder(context.changer.orders, callerOf(request), id)
      return { data: actionsOf(order).map(({ action, rule, until }) => ({ action, allowed: rule, until })) }
    },
  })

  for (const { name, summary, decide } of plain) {
    app.post(`/v1/orders/:id/${name}`, {
      config: needs('orders:write'),
      schema: {
        tags,
        summary,
        params: IdPath,
        response: responses(200, Order, 'The order, changed', 401, 403, 404, 409),
      },
      handler: (request) => change(context, request, name, decide),
    })
  }

  app.post('/v1/orders/:id/confirm', {
    config: needs('orders:write'),
    schema: {
      tags,
      summary: 'Make a draft an order: it is charged now',
      params: IdPath,
      response: responses(200, Order, 'The order', 401, 402, 403, 404, 409, 422),
    },
    handler: (request) =>
      change(context, request, 'confirm', (order, decideContext) => confirmOrder(order.charges)(order, decideContext)),
  })

  app.put('/v1/orders/:id/items/:item/files', {
    config: needs('orders:write'),
    schema: {
      tags,
      summary: 'Give an item its files, or other ones',
      params: ItemPath,
      body: ItemFiles,
      response: responses(200, Order, 'The order', 401, 403, 404, 409, 422),
    },
    handler: (request) => {
      const { item } = parse('path', ItemPath, request.params)
      return change(context, request, 'replace_files', replaceFiles(item, parse('files', ItemFiles, request.body)))
    },
  })
}

/** Reads the account's own order, and applies one wish to it: each wish is a cause of its own. */
async function change({ changer }: ApiContext, request: FastifyRequest, name: string, decide: Decide) {
  const { id } = parse('path', IdPath, request.params)
  await wantedOrder(changer.orders, callerOf(request), id)
  return presentOrder(await changeOrder(changer, id, `${name}/${randomUUID()}`, decide))
}
