import { createHash, type Hash } from 'node:crypto'
import { S3Error } from '../protocol/errors.ts'
import type { ChunkSigning } from '../signature/payload-rule.ts'
import { isSameSignature, scopeText, sha256Hex } from '../signature/sigv4.ts'

/**
 * Checks the chain of signatures in a signed aws-chunked body: each covers its chunk and the signature before it.
 * A chunk is hashed while it passes, so its bytes are known to be good only after `endChunk`.
 * Source: S3 API reference, "Transferring payload in multiple chunks (chunked upload)".
 */
export class ChunkSignatures {
  readonly #signing: ChunkSigning
  #previous: string
  #hash: Hash = createHash('sha256')

  constructor(signing: ChunkSigning) {
    this.#signing = signing
    this.#previous = signing.seedSignature
  }

  update(piece: Buffer): void {
    this.#hash.update(piece)
  }

  /** Throws S3Error SignatureDoesNotMatch. */
  endChunk(signature: string): void {
    const dataHash = this.#hash.digest('hex')
    this.#hash = createHash('sha256')
    this.#check('AWS4-HMAC-SHA256-PAYLOAD', [sha256Hex(''), dataHash], signature)
  }

  /** Throws S3Error SignatureDoesNotMatch. */
  endTrailers(trailers: ReadonlyMap<string, string>, signature: string): void {
    const lines = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('')
    this.#check('AWS4-HMAC-SHA256-TRAILER', [sha256Hex(lines)], signature)
  }

  #check(algorithm: string, hashes: readonly string[], signature: string): void {
    const { signer, scope, date } = this.#signing
    const expected = signer(scope, [algorithm, date, scopeText(scope), this.#previous, ...hashes].join('\n'))
    if (!isSameSignature(expected, signature)) throw new S3Error('SignatureDoesNotMatch')
    this.#previous = expected
  }
}
