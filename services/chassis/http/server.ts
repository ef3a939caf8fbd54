import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { type Issue, Refused, Transient } from '../errors.ts'
import type { Log } from '../log.ts'
import { type ProblemTable, problemOf } from './problem.ts'
import { unusableText } from './unusable-text.ts'

export type HttpServerOptions = {
  readonly log: Log
  readonly problems: ProblemTable
  /** Address of the page that explains the codes. */
  readonly docsUrl: string
  /** Says every fault of a value in words: the service's contract knows how. */
  readonly issuesOf: (schema: TSchema, value: unknown) => readonly Issue[]
}

const bodyLimitBytes = 1_048_576
/** Slow headers and bodies are closed by then, so that they cannot hold all connections (PROMISES P20). */
const requestWithinMilliseconds = 10_000
/** How often Node looks for slow ones; its own 30 s would let them stay four times as long as allowed. */
const lookForSlowMilliseconds = 1_000

/** An HTTP server with strict bodies, request ids, problem+json for everything that goes wrong, and no route yet. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const server = fastify({
    loggerInstance: asFastifyLog(options.log),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestWithinMilliseconds,
    connectionTimeout: 0,
    http: { connectionsCheckingInterval: lookForSlowMilliseconds },
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    genReqId: (request) => acceptableRequestId(request.headers['x-request-id']) ?? `req_${randomUUID()}`,
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be decoded or is too long never reaches the error handler below.
    frameworkErrors: (_error, request, reply) => answerProblem(options, noSuchAddress(request), request, reply),
  })
  server.server.headersTimeout = requestWithinMilliseconds
  // Fastify also reads text/plain by itself; an API of JSON says so instead.
  server.removeContentTypeParser('text/plain')
  readStrictJson(server)
  server.setValidatorCompiler<TSchema>(({ schema, httpPart }) =>
    validatorOf(schema, httpPart ?? 'body', options.issuesOf),
  )
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  server.addHook('onResponse', async (request, reply) => logAnswer(request, reply))
  server.setErrorHandler((error, request, reply) => answerProblem(options, error, request, reply))
  server.setNotFoundHandler((request, reply) => answerProblem(options, noSuchAddress(request), request, reply))
  return server
}

/** Fastify types its logger with fields that pino's Logger has under other names; the object is the same. */
function asFastifyLog(log: Log): FastifyBaseLogger {
  return log
}

function acceptableRequestId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.:-]{1,100}$/.test(header) ? header : undefined
}

/** Bytes that are no UTF-8 are refused: Node would put U+FFFD in their place, and that would be printed on a label. */
function readStrictJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (!isUtf8(body)) {
      done(new Refused('malformed_json', 'The body must be UTF-8.'))
      return
    }
    parse(request, body.toString('utf8'), done)
  })
}

const noSuchAddress = (request: FastifyRequest): Refused =>
  new Refused('not_found', `${request.method} ${pathOf(request)} is not an address of this API; see /docs.`)

function validatorOf(schema: TSchema, part: string, issuesOf: HttpServerOptions['issuesOf']) {
  const compiled = Compile(schema)
  return (value: unknown) => {
    const faults = compiled.Check(value) ? unusableText(value) : issuesOf(schema, value)
    if (faults.length === 0) return { value }
    const issues = faults.map((issue) => (part === 'body' ? issue : { ...issue, pointer: `/${part}${issue.pointer}` }))
    return { error: new Refused('invalid_request', 'The fields listed in errors are not acceptable.', issues) }
  }
}

function answerProblem(options: HttpServerOptions, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const facts = factsOf(error)
  reply.header('x-request-id', request.id)
  const problem = problemOf(options.problems, options.docsUrl, { ...facts, requestId: request.id })
  if (problem.status >= 500) request.log.error({ err: error, requestId: request.id }, 'request_failed')
  if (error instanceof Transient) reply.header('retry-after', String(error.retryAfterSeconds))
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

function factsOf(error: unknown): { code: string; detail: string; issues?: readonly Issue[] } {
  if (error instanceof Refused) return { code: error.code, detail: error.message, issues: error.issues }
  if (error instanceof Transient) {
    // A lost answer is no proof that nothing happened, so nothing is claimed.
    return { code: 'unavailable', detail: 'Send the same request again in a moment, with the same Idempotency-Key.' }
  }
  return (
    protocolFault(error) ?? { code: 'internal_error', detail: 'The fault is ours and is logged under the request id.' }
  )
}

/** Faults that Fastify finds before a handler runs, in our words. */
function protocolFault(error: unknown): { code: string; detail: string } | undefined {
  if (!(error instanceof Error)) return undefined
  const status = 'statusCode' in error ? error.statusCode : undefined
  if (status === 413) return { code: 'body_too_large', detail: `The body may have ${bodyLimitBytes} bytes.` }
  if (status === 415) return { code: 'unsupported_media_type', detail: 'Send Content-Type: application/json.' }
  if (status === 400) return { code: 'malformed_json', detail: error.message }
  return undefined
}

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? ''

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
