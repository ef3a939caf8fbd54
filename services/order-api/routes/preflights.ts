import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import { Preflight, PreflightRequest } from '#contracts/order-api/preflight.ts'
import { parse } from '#contracts/parse.ts'
import type { Principal } from '../auth/principal.ts'
import { findPreflight } from '../preflights/find-preflight.ts'
import { answeredWithinMilliseconds, linkSeconds, mostRunning } from '../preflights/limits.ts'
import { presentPreflight } from '../preflights/present-preflight.ts'
import { startPreflight } from '../preflights/start-preflight.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes, ApiContext } from './context.ts'
import { responses } from './responses.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })
const tags = ['Preflights']
const running = { description: 'Not over yet: GET it again', content: { 'application/json': { schema: Preflight } } }

/** POST /v1/preflights checks files before anything is ordered; GET /v1/preflights/:id says how it goes and what was found. */
export const addPreflightRoutes: AddRoutes = (app, context) => {
  app.post('/v1/preflights', {
    config: needs('preflights:write'),
    schema: {
      tags,
      summary: 'Check files without an order',
      description: `At most ${mostRunning} of an account run at a time. Needs no Idempotency-Key: asking twice costs nothing.`,
      body: PreflightRequest,
      response: {
        ...responses(201, Preflight, 'It is over: `status` is completed or failed', 400, 401, 403, 422),
        202: running,
      },
    },
    handler: async (request, reply) => {
      const until = performance.now() + answeredWithinMilliseconds
      const caller = callerOf(request)
      const body = parse('preflight', PreflightRequest, request.body)
      const { preflightId: id } = await startPreflight(context, caller, body).catch((error: unknown) => {
        if (error instanceof Refused && error.code === 'rate_limited') reply.header('retry-after', '2')
        throw error
      })
      const key = { account: caller.accountId, isTest: caller.isTest, id }
      await context.preflightAnswers.untilAnswered(key, until - performance.now())
      const preflight = await shown(context, caller, id)
      const isOver = preflight.status !== 'running'
      if (!isOver) reply.header('retry-after', '1')
      return reply
        .code(isOver ? 201 : 202)
        .header('location', `/v1/preflights/${id}`)
        .send(preflight)
    },
  })

  app.get('/v1/preflights/:id', {
    config: needs('preflights:write'),
    schema: {
      tags,
      summary: 'How a preflight goes, or what it found',
      params: IdPath,
      response: responses(200, Preflight, 'The preflight, with fresh links', 401, 403, 404),
    },
    handler: async (request) => shown(context, callerOf(request), parse('path', IdPath, request.params).id),
  })
}

async function shown(
  { database, uploads, printFilesBucket, now }: ApiContext,
  caller: Principal,
  id: string,
): Promise<Preflight> {
  const preflight = await findPreflight(database, caller, id, now())
  if (!preflight)
    throw new Refused('not_found', `There is no preflight ${id} in your account; they are kept for a week.`)
  return await presentPreflight(preflight, caller.isTest, (key, name) =>
    uploads.getLink(printFilesBucket, key, linkSeconds, name),
  )
}
