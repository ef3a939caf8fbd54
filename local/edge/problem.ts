import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { type ProblemCode, problemCodes } from '#contracts/problem-codes.ts'

export type ProblemAnswer = {
  readonly code: ProblemCode
  /** Where another one fits better than the code's own. */
  readonly status?: number
  /** What was found, and what to do. */
  readonly detail?: string
  readonly headers?: Readonly<Record<string, string>>
}

const retryAfterSeconds = 1

/** Answers with problem+json in the words of the API's own codes. */
export function sendProblem(response: ServerResponse, { code, status, detail, headers }: ProblemAnswer): void {
  const kind = problemCodes[code]
  const problem = {
    type: `/errors#${code}`,
    title: kind.title,
    status: status ?? kind.status,
    code,
    detail: detail ?? kind.title,
    request_id: randomUUID(),
    retryable: kind.isRetryable,
  }
  const body = JSON.stringify(problem)
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    ...(kind.isRetryable ? { 'retry-after': String(retryAfterSeconds) } : {}),
    ...headers,
  })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}
