import { S3Error } from '../protocol/errors.ts'
import type { S3Request } from '../protocol/request.ts'
import type { PayloadRule } from '../signature/payload-rule.ts'
import { decodeAwsChunked } from './aws-chunked.ts'
import { type AnnouncedDigests, BodyDigests, type Digests, readAnnouncedDigests } from './body-digests.ts'

/** A request's body, to be read once. */
export type Payload = {
  /** The decoded bytes. Ends without an error only when length, hash, MD5 and checksum are all what the request announced. */
  readonly bytes: () => AsyncGenerator<Buffer>
  /** What was computed on the way; there after `bytes` has ended. */
  readonly digests: () => Digests
}

/** S3's limit for one put or part. */
const maxPutBytes = 5 * 1024 ** 3

/** The largest XML document: 10,000 parts with checksums, or 1,000 keys at their longest. */
const maxTextBytes = 4 * 1024 * 1024

/** Throws S3Error when the announcement itself is wrong: no length, too long, a digest of the wrong shape. */
export function openPayload(
  request: S3Request,
  rule: PayloadRule,
  options: { readonly sendContinue: () => void; readonly ignoresChecksums: boolean },
): Payload {
  const lengthBytes = readLength(request, rule)
  const announced: AnnouncedDigests = readAnnouncedDigests(request, rule, options.ignoresChecksums)
  const digests = new BodyDigests(announced)
  let result: Digests | undefined

  async function* bytes(): AsyncGenerator<Buffer> {
    let countBytes = 0
    options.sendContinue()
    const trailers = new Map<string, string>()
    for await (const chunk of decoded(request, rule, trailers)) {
      countBytes += chunk.length
      if (countBytes > lengthBytes) break
      digests.update(chunk)
      yield chunk
    }
    if (countBytes !== lengthBytes) throw new S3Error('IncompleteBody')
    result = digests.finish(trailers)
  }
  return {
    bytes,
    digests: () => {
      if (!result) throw new Error('digests() before the payload has been read')
      return result
    },
  }
}

/** A whole body as text, for the XML documents that configure things. Throws S3Error MaxMessageLengthExceeded above 4 MiB. */
export async function readText(payload: Payload): Promise<string> {
  const pieces: Buffer[] = []
  let countBytes = 0
  for await (const piece of payload.bytes()) {
    countBytes += piece.length
    if (countBytes > maxTextBytes) throw new S3Error('MaxMessageLengthExceeded')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

function readLength(request: S3Request, rule: PayloadRule): number {
  const value = request.headers.get(rule.kind === 'chunked' ? 'x-amz-decoded-content-length' : 'content-length')
  if (value === undefined || !/^\d{1,15}$/.test(value)) throw new S3Error('MissingContentLength')
  if (Number(value) > maxPutBytes) throw new S3Error('EntityTooLarge')
  return Number(value)
}

function decoded(request: S3Request, rule: PayloadRule, trailers: Map<string, string>): AsyncIterable<Buffer> {
  // Leaving the loop early must not destroy the socket: the error still has to be answered on it.
  const raw: AsyncIterable<Buffer> = {
    [Symbol.asyncIterator]: () => request.incoming.iterator({ destroyOnReturn: false }),
  }
  return rule.kind === 'chunked' ? decodeAwsChunked(raw, rule.chunkSigning, trailers) : raw
}
