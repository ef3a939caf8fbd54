import { S3Error } from '../protocol/errors.ts'
import type { S3Request } from '../protocol/request.ts'
import type { ChunkSigning, PayloadRule } from './payload-rule.ts'
import { readCredential, requireSigned } from './signed-parts.ts'
import { type Credentials, isSameSignature, readAmzDate, type Scope, stringToSign } from './sigv4.ts'

/** S3's tolerance between the clock of the client and ours. */
const maxSkewMilliseconds = 15 * 60 * 1000

const shape = /^AWS4-HMAC-SHA256 +Credential=([^, ]+) *, *SignedHeaders=([^, ]+) *, *Signature=([0-9a-f]+)$/

/** Checks an `Authorization` header and says how the body must be checked. */
export function checkHeaderSignature(request: S3Request, credentials: Credentials, now: Date): PayloadRule {
  const match = shape.exec(request.headers.get('authorization') ?? '')
  if (!match) throw new S3Error('AuthorizationHeaderMalformed')
  const [, credential, headerList = '', signature = ''] = match
  const { accessKeyId, scope } = readCredential(credential, 'AuthorizationHeaderMalformed')
  const known = credentials(accessKeyId)
  if (!known) throw new S3Error('InvalidAccessKeyId')
  const headers = headerList.split(';')
  requireSigned(request, headers)
  const date = freshDate(request, scope, now)
  const payloadHash = request.headers.get('x-amz-content-sha256')
  if (payloadHash === undefined) {
    throw new S3Error('InvalidRequest', { message: 'Missing required header for this request: x-amz-content-sha256' })
  }
  const expected = known.signer(scope, stringToSign(request, { headers, payloadHash, date, scope }))
  if (!isSameSignature(expected, signature)) throw new S3Error('SignatureDoesNotMatch')
  if (known.may?.(request) === false) throw new S3Error('AccessDenied')
  return payloadRule(payloadHash, { seedSignature: signature, date, scope, signer: known.signer })
}

function freshDate(request: S3Request, scope: Scope, now: Date): string {
  const date = request.headers.get('x-amz-date') ?? ''
  const at = readAmzDate(date)
  if (at === undefined)
    throw new S3Error('AccessDenied', { message: 'AWS authentication requires a valid x-amz-date header' })
  if (Math.abs(at - now.getTime()) > maxSkewMilliseconds) throw new S3Error('RequestTimeTooSkewed')
  if (!date.startsWith(scope.day)) throw new S3Error('SignatureDoesNotMatch')
  return date
}

function payloadRule(payloadHash: string, chunkSigning: ChunkSigning): PayloadRule {
  switch (payloadHash) {
    case 'UNSIGNED-PAYLOAD':
      return { kind: 'unsigned' }
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return { kind: 'chunked', chunkSigning: undefined }
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER':
      return { kind: 'chunked', chunkSigning }
    default:
      if (/^[0-9a-f]{64}$/.test(payloadHash)) return { kind: 'hashed', sha256: payloadHash }
      throw new S3Error('InvalidArgument', {
        message: 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a STREAMING value or a SHA-256',
      })
  }
}
