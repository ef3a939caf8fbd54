import { PrintcloudError, type RequestFault } from '../printcloud-error.ts'
import { isPassing, retryAfterOf } from './retry-policy.ts'
import type { Answer } from './send-once.ts'

/**
 * The body of a successful answer. The API is held to its contract by its own tests, so that here only the outermost
 * shape is checked, and a field that a later API adds does no harm.
 */
export function bodyOf<T extends object>(answer: Answer): T {
  const body = parsed(answer.text)
  if (isShaped<T>(body)) return body
  throw malformed(`Instead of a JSON object there came ${answer.text.length} characters`, answer.status, answer.headers)
}

/** Where a mistake costs an order or an endless loop: a proxy may answer 200 with JSON of its own. */
export const malformed = (found: string, status = 200, headers?: Headers): PrintcloudError =>
  new PrintcloudError({
    code: 'malformed_answer',
    title: 'The answer cannot be read',
    status,
    detail: `${found}; is something between you and the API?`,
    requestId: headers?.get('x-request-id') ?? '',
    isRetryable: true,
  })

const isShaped = <T extends object>(body: unknown): body is T => typeof body === 'object' && body !== null

/** Whatever is no success, as the error it stands for: the API's own words, or what a proxy's status says. */
export function errorOf({ status, headers, text }: Answer, nowEpochMs: number): PrintcloudError {
  const problem = parsed(text)
  const retryAfterSeconds = retryAfterOf(headers, nowEpochMs)
  const common = {
    status,
    requestId: field(problem, 'request_id') ?? headers.get('x-request-id') ?? '',
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  }
  const code = field(problem, 'code')
  if (code === undefined) {
    const detail = `The answer was ${status} without a reason; it does not come from the API itself.`
    return new PrintcloudError({ ...common, code: `http_${status}`, detail, isRetryable: isPassing(status) })
  }
  return new PrintcloudError({
    ...common,
    code,
    title: field(problem, 'title') ?? code,
    detail: field(problem, 'detail') ?? '',
    errors: faultsOf(problem),
    isRetryable: flag(problem, 'retryable') ?? isPassing(status),
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : undefined
}

function field(value: unknown, name: string): string | undefined {
  const found = memberOf(value, name)
  return typeof found === 'string' ? found : undefined
}

function flag(value: unknown, name: string): boolean | undefined {
  const found = memberOf(value, name)
  return typeof found === 'boolean' ? found : undefined
}

function faultsOf(problem: unknown): readonly RequestFault[] {
  const errors = memberOf(problem, 'errors')
  if (!Array.isArray(errors)) return []
  return errors.map((each: unknown) => ({
    pointer: field(each, 'pointer') ?? '',
    detail: field(each, 'detail') ?? '',
  }))
}
