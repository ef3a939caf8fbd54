import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import {
  DeletedWebhook,
  Webhook,
  WebhookChange,
  WebhookList,
  WebhookRequest,
  WebhookTest,
} from '#contracts/order-api/webhook.ts'
import { parse } from '#contracts/parse.ts'
import type { Principal } from '../auth/principal.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { changeWebhook, deleteWebhook } from '../webhooks/change-webhook.ts'
import { insertWebhook } from '../webhooks/insert-webhook.ts'
import { listWebhooks, wantedWebhook } from '../webhooks/read-webhooks.ts'
import { rotateSecret } from '../webhooks/rotate-secret.ts'
import { webhookPurpose } from '../webhooks/secrets.ts'
import { makeWebhookSecret } from '../webhooks/signature.ts'
import { wantTarget } from '../webhooks/target.ts'
import { testWebhook } from '../webhooks/test-webhook.ts'
import { createTurns } from '../webhooks/turns.ts'
import { presentWebhook } from '../webhooks/webhook-rows.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes, ApiContext } from './context.ts'
import { responses } from './responses.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })
const tags = ['Webhooks']
/** Of one account. */
const mostLookedUpAtOnce = 4

/** Endpoints that are told what happens: making, changing, testing. */
export const addWebhookRoutes: AddRoutes = (app, context) => {
  addReading(app, context)
  addMaking(app, context)
  addChanging(app, context)
  addSecretAndTest(app, context)
}

const addReading: AddRoutes = (app, { database, now }) => {
  app.get('/v1/webhooks', {
    config: needs('webhooks:read'),
    schema: {
      tags,
      summary: 'Your webhook endpoints, newest first',
      response: responses(200, WebhookList, 'All of them', 401, 403),
    },
    handler: async (request) => {
      const rows = await listWebhooks(database, callerOf(request))
      return { data: rows.map((row) => presentWebhook(row, now())), next: null }
    },
  })

  app.get('/v1/webhooks/:id', {
    config: needs('webhooks:read'),
    schema: {
      tags,
      summary: 'One webhook endpoint',
      params: IdPath,
      response: responses(200, Webhook, 'The endpoint', 401, 403, 404),
    },
    handler: async (request) => {
      const { id } = parse('path', IdPath, request.params)
      return presentWebhook(await wantedWebhook(database, callerOf(request), id), now())
    },
  })
}

const addMaking: AddRoutes = (app, context) => {
  const lookedUp = createLookUps()
  app.post('/v1/webhooks', {
    config: needs('webhooks:write'),
    schema: {
      tags,
      summary: 'Make a webhook endpoint',
      description: 'The answer shows the secret, this once. Without `event_types` all events are sent.',
      body: WebhookRequest,
      response: responses(201, Webhook, 'The endpoint, with its secret', 401, 403, 409, 422),
    },
    handler: async (request, reply) => {
      const {
        url,
        event_types = ['*'],
        description = '',
        enabled = true,
      } = parse('webhook', WebhookRequest, request.body)
      const { database, keyring, webhookRules } = context
      const target = await lookedUp(reply, callerOf(request), () => wantTarget(url, webhookRules))
      const secret = makeWebhookSecret()
      const { now, makeId } = thisMoment(context)
      const row = await insertWebhook(database, callerOf(request), {
        ...{ id: makeId('webhook'), url: target, eventTypes: event_types, description, enabled },
        sealedSecret: keyring.seal(webhookPurpose, secret),
        eventId: makeId('event'),
        now,
      })
      return reply.code(201).send(presentWebhook(row, now, secret))
    },
  })
}

const addChanging: AddRoutes = (app, context) => {
  const { database, webhookRules } = context
  const lookedUp = createLookUps()
  app.patch('/v1/webhooks/:id', {
    config: needs('webhooks:write'),
    schema: {
      tags,
      summary: 'Change a webhook endpoint, disable or enable it',
      params: IdPath,
      body: WebhookChange,
      response: responses(200, Webhook, 'The endpoint, changed', 401, 403, 404, 422),
    },
    handler: async (request, reply) => {
      const { id } = parse('path', IdPath, request.params)
      const caller = callerOf(request)
      const {
        url,
        event_types = null,
        description = null,
        enabled = null,
      } = parse('webhook', WebhookChange, request.body)
      await wantedWebhook(database, caller, id)
      const target = url === undefined ? null : await lookedUp(reply, caller, () => wantTarget(url, webhookRules))
      const { now, makeId } = thisMoment(context)
      const changes = { url: target, eventTypes: event_types, description, enabled }
      return presentWebhook(await changeWebhook(database, caller, id, changes, { now, eventId: makeId('event') }), now)
    },
  })

  app.delete('/v1/webhooks/:id', {
    config: needs('webhooks:write'),
    schema: {
      tags,
      summary: 'Delete a webhook endpoint and everything on its way to it',
      params: IdPath,
      response: responses(200, DeletedWebhook, 'It is gone', 401, 403, 404),
    },
    handler: async (request) => {
      const { id } = parse('path', IdPath, request.params)
      const { now, makeId } = thisMoment(context)
      await deleteWebhook(database, callerOf(request), id, { now, eventId: makeId('event') })
      return { id, object: 'webhook', deleted: true }
    },
  })
}

const addSecretAndTest: AddRoutes = (app, context) => {
  const { database, keyring } = context
  app.post('/v1/webhooks/:id/rotate_secret', {
    config: needs('webhooks:write'),
    schema: {
      tags,
      summary: 'Give an endpoint a new secret',
      description: 'For 24 hours every webhook is signed with the old and the new secret, so that nothing is lost.',
      params: IdPath,
      response: responses(200, Webhook, 'The endpoint, with its new secret', 401, 403, 404, 409),
    },
    handler: async (request) => {
      const { id } = parse('path', IdPath, request.params)
      const { now, makeId } = thisMoment(context)
      const secret = makeWebhookSecret()
      const rotation = { sealedSecret: keyring.seal(webhookPurpose, secret), eventId: makeId('event'), now }
      return presentWebhook(await rotateSecret(database, callerOf(request), id, rotation), now, secret)
    },
  })

  app.post('/v1/webhooks/:id/test', {
    config: needs('webhooks:write'),
    schema: {
      tags,
      summary: 'Send a test event to an endpoint',
      description: 'The event `webhook.test`; what came of it is in the endpoint’s deliveries.',
      params: IdPath,
      response: responses(202, WebhookTest, 'It is on its way', 401, 403, 404, 409),
    },
    handler: async (request, reply) => {
      const { id } = parse('path', IdPath, request.params)
      const { now, makeId } = thisMoment(context)
      return reply.code(202).send(await testWebhook(database, callerOf(request), id, { now, eventId: makeId('event') }))
    },
  })
}

/** Names may take seconds; whoever has too many of them under way is told when to come again. */
function createLookUps() {
  const turn = createTurns(mostLookedUpAtOnce)
  return (reply: FastifyReply, { accountId }: Principal, look: () => Promise<string>): Promise<string> =>
    turn(accountId, look).catch((error: unknown) => {
      if (error instanceof Refused && error.code === 'rate_limited') reply.header('retry-after', '5')
      throw error
    })
}

function thisMoment(context: ApiContext) {
  const now = context.now()
  return { now, makeId: makeIdAt(() => now) }
}
