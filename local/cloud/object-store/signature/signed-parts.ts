import { S3Error, type S3ErrorCode } from '../protocol/errors.ts'
import type { S3Request } from '../protocol/request.ts'
import type { Scope } from './sigv4.ts'

/** Splits `<access key>/<day>/<region>/s3/aws4_request`; throws S3Error `malformed`. */
export function readCredential(
  credential: string | undefined,
  malformed: S3ErrorCode,
): { readonly accessKeyId: string; readonly scope: Scope } {
  const [accessKeyId, day, region, service, terminator, ...rest] = (credential ?? '').split('/')
  const isComplete =
    accessKeyId && day && region && service === 's3' && terminator === 'aws4_request' && rest.length === 0
  if (!isComplete)
    throw new S3Error(malformed, { message: 'The credential must be <key>/<day>/<region>/s3/aws4_request.' })
  return { accessKeyId, scope: { day, region, service } }
}

/** `host` and every `x-amz-*` header that was sent must be signed, or a bystander could add or change one. */
export function requireSigned(request: S3Request, signedHeaders: readonly string[]): void {
  const unsigned = Object.keys(request.incoming.headers).filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signedHeaders.includes(name),
  )
  if (unsigned.length === 0) return
  throw new S3Error('AccessDenied', {
    message: 'There were headers present in the request which were not signed',
    elements: { HeadersNotSigned: unsigned.join(', ') },
  })
}
