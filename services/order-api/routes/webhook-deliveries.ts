import { Type } from 'typebox'
import { WebhookDelivery, WebhookDeliveryList, WebhookDeliveryQuery } from '#contracts/order-api/webhook.ts'
import { parse } from '#contracts/parse.ts'
import { listDeliveries, redeliver } from '../webhooks/deliveries.ts'
import { wantedWebhook } from '../webhooks/read-webhooks.ts'
import { wantEnabled } from '../webhooks/test-webhook.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes } from './context.ts'
import { responses } from './responses.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })
const DeliveryPath = Type.Object({ id: Type.String({ maxLength: 60 }), delivery: Type.String({ maxLength: 60 }) })
const tags = ['Webhooks']

/** What was sent to an endpoint and what came of it; sending again. */
export const addWebhookDeliveryRoutes: AddRoutes = (app, { database, now }) => {
  app.get('/v1/webhooks/:id/deliveries', {
    config: needs('webhooks:read'),
    schema: {
      tags,
      summary: 'What was sent to an endpoint in the last 30 days, newest first',
      params: IdPath,
      querystring: WebhookDeliveryQuery,
      response: responses(200, WebhookDeliveryList, 'One page', 401, 403, 404, 422),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      const { id } = parse('path', IdPath, request.params)
      const { cursor, limit = '20' } = parse('query', WebhookDeliveryQuery, request.query)
      await wantedWebhook(database, caller, id)
      const size = Number(limit)
      const before = cursor === undefined ? {} : { before: cursor }
      const found = await listDeliveries(database, caller, { webhookId: id, ...before, limit: size + 1 })
      const page = found.slice(0, size)
      return { data: page, next: found.length > size ? (page.at(-1)?.id ?? null) : null }
    },
  })

  app.post('/v1/webhooks/:id/deliveries/:delivery/redeliver', {
    config: needs('webhooks:write'),
    schema: {
      tags,
      summary: 'Send one event again',
      description: 'Begins anew, also what was delivered or given up. The event and the webhook-id stay the same.',
      params: DeliveryPath,
      response: responses(202, WebhookDelivery, 'It is on its way', 401, 403, 404, 409),
    },
    handler: async (request, reply) => {
      const caller = callerOf(request)
      const { id, delivery } = parse('path', DeliveryPath, request.params)
      wantEnabled(await wantedWebhook(database, caller, id))
      return reply.code(202).send(await redeliver(database, caller, { webhookId: id, id: delivery, now: now() }))
    },
  })
}
