import { S3Error } from '../protocol/errors.ts'
import type { S3Request } from '../protocol/request.ts'
import type { PayloadRule } from './payload-rule.ts'
import { readCredential, requireSigned } from './signed-parts.ts'
import { type Credentials, isSameSignature, readAmzDate, stringToSign } from './sigv4.ts'

/** A presigned URL may live a week at most. */
const maxExpiresSeconds = 7 * 24 * 3600

const malformed = 'AuthorizationQueryParametersError'

/**
 * Checks the signature in a URL's query and its expiry. What was signed (method, key, query, host, and for instance
 * content-length and content-type) must arrive unchanged; the body's hash is not part of it.
 */
export function checkPresignedUrl(request: S3Request, credentials: Credentials, now: Date): PayloadRule {
  const parameter = (name: string): string => {
    const value = request.query.get(name)
    if (value === undefined) throw new S3Error(malformed, { message: `Query-string authentication requires ${name}` })
    return value
  }
  if (parameter('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') throw new S3Error(malformed)
  const { accessKeyId, scope } = readCredential(parameter('X-Amz-Credential'), malformed)
  const known = credentials(accessKeyId)
  if (!known) throw new S3Error('InvalidAccessKeyId')
  const date = parameter('X-Amz-Date')
  checkLifetime(date, parameter('X-Amz-Expires'), now)
  const headers = parameter('X-Amz-SignedHeaders').split(';')
  requireSigned(request, headers)
  const payloadHash = request.headers.get('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD'
  const expected = known.signer(scope, stringToSign(request, { headers, payloadHash, date, scope }))
  const isSigned = isSameSignature(expected, parameter('X-Amz-Signature')) && date.startsWith(scope.day)
  if (!isSigned) throw new S3Error('SignatureDoesNotMatch')
  if (known.may?.(request) === false) throw new S3Error('AccessDenied')
  return /^[0-9a-f]{64}$/.test(payloadHash) ? { kind: 'hashed', sha256: payloadHash } : { kind: 'unsigned' }
}

function checkLifetime(date: string, expires: string, now: Date): void {
  const signedAt = readAmzDate(date)
  const seconds = /^\d{1,7}$/.test(expires) ? Number(expires) : Number.NaN
  if (signedAt === undefined || !(seconds >= 1 && seconds <= maxExpiresSeconds)) {
    throw new S3Error(malformed, { message: `X-Amz-Expires must be between 1 and ${maxExpiresSeconds} seconds` })
  }
  // A clock that is ahead of ours by up to 15 minutes signs URLs that are good at once, as on S3.
  if (signedAt - now.getTime() > 15 * 60 * 1000)
    throw new S3Error('AccessDenied', { message: 'Request is not valid yet' })
  if (now.getTime() >= signedAt + seconds * 1000) throw new S3Error('AccessDenied', { message: 'Request has expired' })
}
