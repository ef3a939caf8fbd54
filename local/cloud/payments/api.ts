import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Faults } from './faults.ts'
import { createRefund, listRefunds } from './refunds.ts'
import { type Answered, answerOnce } from './replies.ts'
import { createSession, expireSession, retrieveSession } from './sessions.ts'
import { StripeFault } from './stripe-fault.ts'
import { stripeId, type World } from './world.ts'

type Asked = { readonly livemode: boolean; readonly id: string; readonly fields: URLSearchParams }
type Operation = (world: World, asked: Asked) => unknown

const operations: readonly (readonly ['GET' | 'POST', string, Operation])[] = [
  ['POST', '/v1/checkout/sessions', (world, { livemode, fields }) => createSession(world, livemode, fields)],
  [
    'GET',
    '/v1/checkout/sessions/:id',
    (world, { livemode, id, fields }) => retrieveSession(world, livemode, id, fields),
  ],
  ['POST', '/v1/checkout/sessions/:id/expire', (world, { livemode, id }) => expireSession(world, livemode, id)],
  ['POST', '/v1/refunds', (world, { livemode, fields }) => createRefund(world, livemode, fields)],
  ['GET', '/v1/refunds', (world, { livemode, fields }) => listRefunds(world, livemode, fields)],
]

/** The endpoints of Stripe that the checkout uses, for callers with one of `keys`. */
export function speakStripe(server: FastifyInstance, world: World, keys: readonly string[], faults: Faults): void {
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  )
  for (const [method, url, operation] of operations) {
    server.route<{ Params: { id?: string } }>({
      method,
      url,
      handler: async (request, reply) => {
        const fault = faults.next()
        if (fault === 'unavailable') throw new StripeFault(503, 'api_error', 'The stand-in was told to be unavailable.')
        const answered = answer(world, request, keys, operation)
        await world.journal.settled()
        if (fault === 'lost_answer') return reply.hijack().raw.destroy()
        return send(reply, answered)
      },
    })
  }
  server.setErrorHandler(async (error, _request, reply) => {
    const fault = error instanceof StripeFault ? error : faultOf(error)
    if (fault.status >= 500) world.log.error({ err: error }, 'request_failed')
    return reply.code(fault.status).header('request-id', stripeId('req')).send({ error: fault.body })
  })
}

function answer(
  world: World,
  request: FastifyRequest<{ Params: { id?: string } }>,
  keys: readonly string[],
  operation: Operation,
): Answered {
  const livemode = worldOf(request.headers.authorization, keys) === 'live'
  const text = request.method === 'GET' ? (request.url.split('?')[1] ?? '') : String(request.body ?? '')
  const key = request.method === 'POST' ? request.headers['idempotency-key'] : undefined
  return answerOnce(
    world,
    {
      world: livemode ? 'live' : 'test',
      key: typeof key === 'string' ? key : undefined,
      path: request.url,
      body: text,
    },
    () => operation(world, { livemode, id: request.params.id ?? '', fields: new URLSearchParams(text) }),
  )
}

function send(reply: FastifyReply, { status, body, requestId, isReplayed }: Answered): FastifyReply {
  if (isReplayed) reply.header('idempotent-replayed', 'true')
  return reply.code(status).header('request-id', requestId).type('application/json').send(body)
}

function worldOf(authorization: string | undefined, keys: readonly string[]): string {
  const key = /^Bearer (.+)$/.exec(authorization ?? '')?.[1]
  if (key === undefined) throw new StripeFault(401, 'invalid_request_error', 'You did not provide an API key.')
  if (!keys.includes(key)) throw new StripeFault(401, 'invalid_request_error', 'Invalid API Key provided.')
  return /^[rs]k_(live|test)_/.exec(key)?.[1] ?? 'test'
}

/** Fastify's own refusals are the sender's fault. */
function faultOf(error: unknown): StripeFault {
  const isTheirs = error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500
  return isTheirs
    ? new StripeFault(400, 'invalid_request_error', error.message)
    : new StripeFault(500, 'api_error', 'The stand-in has a fault of its own; its log says which.')
}
