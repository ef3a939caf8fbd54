import type { ProblemCode } from '../../problem-codes.ts'

/** What decides which problems an operation can answer, whatever it does. */
export type Shape = {
  readonly needsKey: boolean
  readonly hasPath: boolean
  readonly hasQuery: boolean
  readonly hasBody: boolean
  readonly isRead: boolean
  /** Whether it takes an Idempotency-Key. */
  readonly isOnce: boolean
}

/** The problems of every operation of a shape. */
export function commonProblems({
  needsKey,
  hasPath,
  hasQuery,
  hasBody,
  isRead,
  isOnce,
}: Shape): readonly ProblemCode[] {
  const fields: readonly ProblemCode[] = hasPath || hasQuery || hasBody ? ['invalid_request'] : []
  return [
    ...(isRead ? [] : bodies),
    ...(isOnce ? idempotency : []),
    ...transport,
    ...fields,
    ...(needsKey ? keyed : []),
    ...(hasPath ? (['not_found'] as const) : []),
    ...failures,
  ]
}

const idempotency = ['idempotency_key_missing', 'idempotency_key_invalid', 'idempotency_key_reused'] as const
const bodies = ['malformed_json', 'unsupported_media_type', 'body_too_large'] as const
const transport = ['headers_too_large', 'malformed_http', 'request_timeout'] as const

/** Whether a problem is of a request that could not be read at all: it says nothing about the operation. */
export const isUnreadable = (code: ProblemCode): boolean => [...bodies, ...transport].some((each) => each === code)

const keyed = ['unauthenticated', 'forbidden', 'insufficient_scope', 'rate_limited'] as const
const failures = ['overloaded', 'unavailable', 'internal_error'] as const
