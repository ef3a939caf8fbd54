import { S3Error } from '../protocol/errors.ts'
import type { S3Request } from '../protocol/request.ts'
import { checkHeaderSignature } from './header-signature.ts'
import type { PayloadRule } from './payload-rule.ts'
import { checkPresignedUrl } from './presigned-url.ts'
import type { Credentials } from './sigv4.ts'

/** Lets a request pass only with a valid SigV4 signature, in the header or in the query. Throws the S3Error that S3 would answer. */
export function authenticate(request: S3Request, credentials: Credentials, now: Date): PayloadRule {
  if (request.query.has('X-Amz-Signature') || request.query.has('X-Amz-Algorithm')) {
    return checkPresignedUrl(request, credentials, now)
  }
  if (request.headers.has('authorization')) return checkHeaderSignature(request, credentials, now)
  throw new S3Error('AccessDenied')
}
