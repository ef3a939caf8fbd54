import { createHash } from 'node:crypto'
import { S3Error } from '../protocol/errors.ts'
import type { S3Request } from '../protocol/request.ts'
import type { PayloadRule } from '../signature/payload-rule.ts'
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  checksumHeader,
  type RunningChecksum,
  requireChecksumShape,
  startChecksum,
} from './checksum.ts'

export type Digests = {
  readonly md5: Buffer
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined
}

/** What a request says its body will digest to. A checksum without a value comes in a trailer. */
export type AnnouncedDigests = {
  readonly sha256: string | undefined
  readonly md5: Buffer | undefined
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string | undefined } | undefined
}

/** Throws S3Error InvalidDigest or InvalidRequest for a digest of the wrong shape. */
export function readAnnouncedDigests(
  request: S3Request,
  rule: PayloadRule,
  ignoresChecksums: boolean,
): AnnouncedDigests {
  return {
    sha256: rule.kind === 'hashed' ? rule.sha256 : undefined,
    md5: readMd5(request),
    checksum: ignoresChecksums ? undefined : readChecksum(request, rule),
  }
}

/** Digests a body while it passes. MD5 is always among them: it is the ETag. */
export class BodyDigests {
  readonly #announced: AnnouncedDigests
  readonly #md5 = createHash('md5')
  readonly #sha256
  readonly #checksum: RunningChecksum | undefined

  constructor(announced: AnnouncedDigests) {
    this.#announced = announced
    this.#sha256 = announced.sha256 === undefined ? undefined : createHash('sha256')
    this.#checksum = announced.checksum && startChecksum(announced.checksum.algorithm)
  }

  update(chunk: Buffer): void {
    this.#md5.update(chunk)
    this.#sha256?.update(chunk)
    this.#checksum?.update(chunk)
  }

  /** Throws S3Error XAmzContentSHA256Mismatch or BadDigest unless everything is as announced. */
  finish(trailers: ReadonlyMap<string, string>): Digests {
    const announced = this.#announced
    if (this.#sha256?.digest('hex') !== announced.sha256) throw new S3Error('XAmzContentSHA256Mismatch')
    const md5 = this.#md5.digest()
    if (announced.md5 && !announced.md5.equals(md5)) throw new S3Error('BadDigest')
    if (!announced.checksum || !this.#checksum) return { md5, checksum: undefined }
    const { algorithm } = announced.checksum
    const value = this.#checksum.digest().toString('base64')
    if ((announced.checksum.value ?? trailers.get(checksumHeader(algorithm))) !== value) {
      throw new S3Error('BadDigest', {
        message: `The ${algorithm} you specified did not match the calculated checksum.`,
      })
    }
    return { md5, checksum: { algorithm, value } }
  }
}

function readMd5(request: S3Request): Buffer | undefined {
  const value = request.headers.get('content-md5')
  if (value === undefined) return undefined
  const md5 = Buffer.from(value, 'base64')
  if (md5.length !== 16) throw new S3Error('InvalidDigest')
  return md5
}

function readChecksum(request: S3Request, rule: PayloadRule): AnnouncedDigests['checksum'] {
  const trailer = rule.kind === 'chunked' ? request.headers.get('x-amz-trailer')?.toLowerCase() : undefined
  for (const algorithm of checksumAlgorithms) {
    const value = request.headers.get(checksumHeader(algorithm))
    if (value !== undefined) requireChecksumShape(algorithm, value)
    if (value !== undefined || trailer === checksumHeader(algorithm)) return { algorithm, value }
  }
  if (!request.headers.has('x-amz-sdk-checksum-algorithm')) return undefined
  throw new S3Error('InvalidRequest', {
    message:
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
  })
}
