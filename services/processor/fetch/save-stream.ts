import { createHash, type Hash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** What arrived: its size, its hash, and the first bytes, which tell the format. */
export type Saved = {
  readonly sizeBytes: number
  readonly sha256: string
  readonly head: Buffer
  /** The hash as it stands after the last byte: a copy of it may be continued. */
  readonly hash: Hash
}

/** More bytes came than the limit allows; the message is how many, in words. */
export class TooManyBytes extends Error {
  override name = 'TooManyBytes'
}

/** Streams `body` into a new file, hashing on the way; throws TooManyBytes as soon as the limit is passed. */
export async function saveStream(
  body: Readable,
  path: string,
  limits: { readonly bytes: number; readonly headBytes: number; readonly signal: AbortSignal },
): Promise<Saved> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  let head = Buffer.alloc(0)
  const measure = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      sizeBytes += chunk.length
      if (sizeBytes > limits.bytes) {
        done(new TooManyBytes(`more than ${limits.bytes}`))
        return
      }
      if (head.length < limits.headBytes) head = Buffer.concat([head, chunk]).subarray(0, limits.headBytes)
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(body, measure, createWriteStream(path, { flags: 'wx' }), { signal: limits.signal })
  return { sizeBytes, sha256: hash.copy().digest('hex'), head, hash }
}
