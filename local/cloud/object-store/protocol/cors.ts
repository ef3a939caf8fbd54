import { S3Error } from './errors.ts'
import { emptyReply, type Reply } from './reply.ts'
import type { S3Request } from './request.ts'

const allowedMethods = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE']

/** How long a browser may keep the answer to a preflight. */
const maxAgeSeconds = 3000

/** One rule for all buckets: these origins may do everything that their signatures allow, and read ETag and x-amz-* headers. */
export type Cors = {
  /** Headers for the reply to an actual request; none for an origin that is not listed, which its browser then blocks. */
  readonly headersFor: (request: Pick<S3Request, 'headers'>) => Readonly<Record<string, string>>
  /** Answers OPTIONS. Throws S3Error AccessForbidden. */
  readonly preflight: (request: S3Request) => Reply
}

/** Each origin may hold one `*`, for instance `http://127.0.0.1:*`. */
export function createCors(allowedOrigins: readonly string[]): Cors {
  const isAllowed = (origin: string): boolean => allowedOrigins.some((pattern) => fits(pattern, origin))
  const headersFor = ({ headers }: Pick<S3Request, 'headers'>): Record<string, string> => {
    if (allowedOrigins.length === 0) return {}
    const origin = headers.get('origin')
    if (origin === undefined || !isAllowed(origin)) return { vary: 'Origin' }
    return {
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'ETag, Content-Length, Content-Range, x-amz-request-id, x-amz-version-id',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    }
  }
  const preflight: Cors['preflight'] = ({ headers }) => {
    const origin = headers.get('origin')
    const method = headers.get('access-control-request-method')
    if (!origin || !method || !isAllowed(origin) || !allowedMethods.includes(method))
      throw new S3Error('AccessForbidden')
    const wanted = headers.get('access-control-request-headers')
    return emptyReply(200, {
      'access-control-allow-methods': allowedMethods.join(', '),
      'access-control-max-age': String(maxAgeSeconds),
      ...(wanted && { 'access-control-allow-headers': wanted }),
    })
  }
  return { headersFor, preflight }
}

function fits(pattern: string, origin: string): boolean {
  const star = pattern.indexOf('*')
  if (star < 0) return pattern === origin
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)]
  return origin.length >= before.length + after.length && origin.startsWith(before) && origin.endsWith(after)
}
