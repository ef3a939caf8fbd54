import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import { Order } from '#contracts/order-api/order.ts'
import { OrderActionList } from '#contracts/order-api/order-lists.ts'
import { ItemFiles, OrderPatch } from '#contracts/order-api/order-request.ts'
import { issuesOf, parse } from '#contracts/parse.ts'
import { missingFiles } from '../files/missing-files.ts'
import { whyMissing } from '../files/why-missing.ts'
import { actionsOf } from '../orders/actions-of.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import type { Decide } from '../orders/change.ts'
import { holdOrder, releaseHold } from '../orders/hold-order.ts'
import { patchOrder } from '../orders/patch-order.ts'
import { replaceFiles } from '../orders/replace-files.ts'
import { fileIdsOf } from '../orders/sources.ts'
import { readPriceData } from '../quotes/read-price-data.ts'
import { callerOf, needs } from './access.ts'
import { applyWish } from './apply-wish.ts'
import type { AddRoutes, ApiContext } from './context.ts'
import { IdempotencyHeaders } from './idempotent.ts'
import { responses } from './responses.ts'
import { wantedOrder } from './wanted-order.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })
const ItemPath = Type.Object({ id: Type.String({ maxLength: 60 }), item: Type.String({ maxLength: 60 }) })
const tags = ['Orders']

type Plain = { readonly name: string; readonly summary: string; readonly description: string; readonly decide: Decide }

/** What needs nothing but the order: its name in the address, what it does, what it changes. */
const plain: readonly Plain[] = [
  {
    name: 'cancel',
    summary: 'Cancel an order, or ask its facility to',
    description:
      'Before release it is done at once and paid back. After that `cancel` says what the facility answered.',
    decide: cancelOrder,
  },
  {
    name: 'hold',
    summary: 'Keep an order from being released',
    description: 'However ready it is, nothing goes to a facility until the hold is taken off.',
    decide: holdOrder,
  },
  {
    name: 'release',
    summary: 'Take the hold off',
    description: 'An order that waited for nothing else goes to its facility at once.',
    decide: releaseHold,
  },
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

  for (const { name, summary, description, decide } of plain) {
    app.post(`/v1/orders/:id/${name}`, {
      config: needs('orders:write'),
      schema: {
        ...{ tags, summary, description, params: IdPath, headers: IdempotencyHeaders },
        response: responses(200, Order, 'The order, changed', 400, 401, 402, 403, 404, 409, 422),
      },
      handler: async (request) => {
        const { id } = parse('path', IdPath, request.params)
        wantNoBody(request.body)
        return applyWish(context, request, { orderId: id, name, decide })
      },
    })
  }

  app.patch('/v1/orders/:id', {
    config: needs('orders:write'),
    schema: {
      tags,
      summary: 'Change where or how an order is sent, before it is released',
      ...{ params: IdPath, headers: IdempotencyHeaders, body: OrderPatch },
      response: responses(200, Order, 'The order, changed', 400, 401, 402, 403, 404, 409, 422),
    },
    handler: async (request) => {
      const { id } = parse('path', IdPath, request.params)
      const patch = parse('order', OrderPatch, request.body)
      const decide = patchOrder(patch, await readPriceData(context))
      return applyWish(context, request, { orderId: id, name: 'patch', decide })
    },
  })

  app.put('/v1/orders/:id/items/:item/files', {
    config: needs('orders:write'),
    schema: {
      tags,
      summary: 'Give an item its files, or other ones',
      ...{ params: ItemPath, headers: IdempotencyHeaders, body: ItemFiles },
      response: responses(200, Order, 'The order', 400, 401, 403, 404, 409, 422),
    },
    handler: async (request) => {
      const { id, item } = parse('path', ItemPath, request.params)
      const files = parse('files', ItemFiles, request.body)
      await wantOwnFiles(context, callerOf(request).accountId, files)
      return applyWish(context, request, { orderId: id, name: `files/${item}`, decide: replaceFiles(item, files) })
    },
  })
}

/** Some clients send an empty object or null where there is nothing to say. */
const NoBody = Type.Object({}, { additionalProperties: false })

function wantNoBody(body: unknown): void {
  const issues = body === undefined || body === null ? [] : issuesOf(NoBody, body)
  if (issues.length > 0) throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', issues)
}

async function wantOwnFiles({ database }: ApiContext, accountId: string, files: ItemFiles): Promise<void> {
  const ours = fileIdsOf(files)
  const missing = await missingFiles(
    database,
    accountId,
    ours.map(({ id }) => id),
  )
  const issues = await whyMissing(
    database,
    accountId,
    ours.filter(({ id }) => missing.includes(id)),
  )
  if (issues.length > 0) throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', issues)
}
