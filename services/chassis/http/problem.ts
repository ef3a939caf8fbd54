import type { Issue } from '../errors.ts'

/** What a problem code stands for. A service passes its whole table; these codes must be in it. */
export type ProblemKind = { readonly status: number; readonly title: string; readonly isRetryable: boolean }
export type ProblemTable = Readonly<
  Record<
    | 'malformed_json'
    | 'unsupported_media_type'
    | 'body_too_large'
    | 'headers_too_large'
    | 'malformed_http'
    | 'request_timeout'
    | 'invalid_request'
    | 'not_found'
    | 'method_not_allowed'
    | 'rate_limited'
    | 'overloaded'
    | 'unavailable'
    | 'internal_error',
    ProblemKind
  > &
    Record<string, ProblemKind>
>

/** The codes of a service, and the address of the page that explains them. */
export type Problems = { readonly table: ProblemTable; readonly docsUrl: string }

export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly request_id: string
  readonly retryable: boolean
  readonly errors?: readonly Issue[]
}

export type ProblemFacts = {
  readonly code: string
  readonly detail: string
  readonly requestId: string
  readonly issues?: readonly Issue[]
}

/** RFC 9457 body of a code. A code that is not in the table is our bug and shows as internal_error. */
export function problemOf({ table, docsUrl }: Problems, facts: ProblemFacts): Problem {
  const known = Object.hasOwn(table, facts.code)
  const code = known ? facts.code : 'internal_error'
  const kind = table[code] ?? table.internal_error
  return {
    type: `${docsUrl}#${code}`,
    title: kind.title,
    status: kind.status,
    code,
    detail: known ? facts.detail : kind.title,
    request_id: facts.requestId,
    retryable: kind.isRetryable,
    ...(facts.issues && facts.issues.length > 0 ? { errors: facts.issues } : {}),
  }
}
