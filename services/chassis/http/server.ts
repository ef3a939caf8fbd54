import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify'
import type { Log } from '../log.ts'
import { answerProblem, bodyLimitBytes } from './answer-problem.ts'
import { addConditionalReads } from './conditional.ts'
import { knownAddresses } from './known-addresses.ts'
import { answerBrokenRequest, createListener } from './listener.ts'
import { createLoadGate, type LoadLimits } from './load-gate.ts'
import type { Problems } from './problem.ts'
import { requestIdOf } from './request-id.ts'
import { countRequests } from './shedding.ts'
import { type IssuesOf, readStrictJson } from './strict-json.ts'

export type HttpServerOptions = {
  readonly log: Log
  readonly problems: Problems
  readonly issuesOf: IssuesOf
  readonly load: LoadLimits
  /** The longest body that is read; 1 MiB without. */
  readonly bodyLimitBytes?: number
}

/**
 * An HTTP server with strict bodies, request ids, ETags, problem+json for everything that goes wrong, a bound on what it has
 * in hand, and no route yet.
 */
export function createHttpServer({ log, problems, issuesOf, load, ...rest }: HttpServerOptions): FastifyInstance {
  const gate = createLoadGate(load)
  const parts = { problems, gate, log }
  const server = fastify({
    loggerInstance: asFastifyLog(log),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: rest.bodyLimitBytes ?? bodyLimitBytes,
    forceCloseConnections: 'idle',
    serverFactory: (handler) => createListener(parts, handler),
    clientErrorHandler: (error, socket) => answerBrokenRequest(parts, error, socket),
    genReqId: requestIdOf,
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be decoded or is too long never reaches the error handler and the hooks below.
    frameworkErrors: (_error, request, reply) => {
      void answerWrongAddress(request, reply)
      log.debug({ requestId: request.id, method: request.method, status: reply.statusCode }, 'answered')
    },
  })
  const whyWrong = knownAddresses(server)
  const answerWrongAddress = (request: FastifyRequest, reply: FastifyReply) => {
    const { problem, allow } = whyWrong(request)
    if (allow !== undefined) reply.header('allow', allow)
    return answerProblem(problems, problem, request, reply)
  }
  readStrictJson(server, issuesOf)
  countRequests(server, gate)
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    // The router takes nothing for an id too.
    done(Object.values(Object(request.params)).includes('') ? whyWrong(request).problem : undefined)
  })
  addConditionalReads(server)
  server.addHook('onResponse', (request, reply, done) => {
    if (log.isLevelEnabled('debug')) logAnswer(request, reply)
    done()
  })
  server.setErrorHandler((error, request, reply) => answerProblem(problems, error, request, reply))
  server.setNotFoundHandler(answerWrongAddress)
  return server
}

/** Fastify types its logger with fields that pino's Logger has under other names; the object is the same. */
function asFastifyLog(log: Log): FastifyBaseLogger {
  return log
}

function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const fields = {
    requestId: request.id,
    method: request.method,
    // The route's pattern, not the address: ids and queries stay out of the log.
    route: request.routeOptions.url ?? 'unknown',
    status: reply.statusCode,
    durationMs: Math.round(reply.elapsedTime * 10) / 10,
  }
  request.log.debug(fields, 'answered')
}
