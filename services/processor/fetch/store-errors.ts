import { NoSuchKey, NotFound, S3ServiceException } from '@aws-sdk/client-s3'
import { Transient } from '#chassis/errors.ts'

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN'])
const networkNames = new Set(['TimeoutError', 'AbortError', 'RequestTimeout', 'NetworkingError'])

/** What the object store's errors mean to a job. */
export const storeErrors = {
  isMissing: (error: unknown): boolean =>
    error instanceof NoSuchKey ||
    error instanceof NotFound ||
    (error instanceof S3ServiceException && error.name === 'NoSuchKey'),
  /** Transient where another try may help (5xx, throttling, the network); the error itself where it is ours to mend. */
  translated: (error: unknown, signal: AbortSignal): unknown => {
    if (!(error instanceof Error)) return error
    const status = error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 500) : 0
    const code = 'code' in error ? String(error.code) : ''
    const mayPass = status >= 500 || status === 429 || networkCodes.has(code) || networkNames.has(error.name)
    return mayPass || signal.aborted ? new Transient('The object store did not answer', { cause: error }) : error
  },
} as const
