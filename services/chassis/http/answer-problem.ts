import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Issue, Refused, Transient } from '../errors.ts'
import { type Problems, problemOf } from './problem.ts'
import { Overloaded } from './shedding.ts'

type Facts = { readonly code: string; readonly detail: string; readonly issues?: readonly Issue[] }

export const bodyLimitBytes = 1_048_576

/** Answers with the problem that `error` is to a caller; only faults of ours are logged, with all that is known. */
export function answerProblem(problems: Problems, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const limit = request.routeOptions.bodyLimit ?? bodyLimitBytes
  const problem = problemOf(problems, { ...factsOf(error, limit), requestId: request.id })
  if (problem.status >= 500 && problem.code !== 'overloaded') {
    request.log.error({ err: error, requestId: request.id }, 'request_failed')
  }
  if (error instanceof Transient) reply.header('retry-after', String(error.retryAfterSeconds))
  return reply
    .header('x-request-id', request.id)
    .code(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}

function factsOf(error: unknown, limitBytes: number): Facts {
  if (error instanceof Refused) return { code: error.code, detail: error.message, issues: error.issues }
  if (error instanceof Overloaded) {
    return { code: 'overloaded', detail: 'Nothing was done; send the same request again after Retry-After.' }
  }
  if (error instanceof Transient) {
    // A lost answer is no proof that nothing happened, so nothing is claimed.
    return { code: 'unavailable', detail: 'Send the same request again in a moment, with the same Idempotency-Key.' }
  }
  return (
    protocolFault(error, limitBytes) ?? {
      code: 'internal_error',
      detail: 'The fault is ours and is logged under the request id.',
    }
  )
}

/** Faults that Fastify finds before a handler runs, in our words. */
function protocolFault(error: unknown, limitBytes: number): Facts | undefined {
  if (!(error instanceof Error)) return undefined
  const status = 'statusCode' in error ? error.statusCode : undefined
  if (status === 413) return { code: 'body_too_large', detail: `The body may have ${limitBytes} bytes.` }
  if (status === 415) return { code: 'unsupported_media_type', detail: 'Send Content-Type: application/json.' }
  if (status === 400) return { code: 'malformed_json', detail: error.message }
  return undefined
}
