import { S3Error } from '../protocol/errors.ts'

/** Reads a stream of buffers by lines and by counts, holding no more than one buffer of it. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** At least one and at most `count` bytes; throws S3Error IncompleteBody at the end of the stream. */
  async upTo(count: number): Promise<Buffer> {
    if (this.#rest.length === 0) await this.#pull()
    const piece = this.#rest.subarray(0, count)
    this.#rest = this.#rest.subarray(piece.length)
    return piece
  }

  /** The next line without its CR LF; throws S3Error IncompleteBody when it is longer than `maxBytes` or cut off. */
  async line(maxBytes: number): Promise<string> {
    let line = Buffer.alloc(0)
    for (;;) {
      if (this.#rest.length === 0) await this.#pull()
      const end = this.#rest.indexOf(10)
      const piece = await this.upTo(end < 0 ? this.#rest.length : end + 1)
      line = Buffer.concat([line, piece])
      if (line.length > maxBytes) throw new S3Error('IncompleteBody', { message: 'A chunk header is too long.' })
      if (end < 0) continue
      if (line.at(-2) !== 13) throw new S3Error('IncompleteBody', { message: 'A chunk header does not end in CR LF.' })
      return line.toString('latin1', 0, line.length - 2)
    }
  }

  /** Reads on to the end of the stream, which must hold nothing more. */
  async end(): Promise<void> {
    const next = this.#rest.length > 0 ? { done: false } : await this.#source.next()
    if (!next.done) throw new S3Error('IncompleteBody', { message: 'There are bytes after the last chunk.' })
  }

  async #pull(): Promise<void> {
    const next = await this.#source.next()
    if (next.done) throw new S3Error('IncompleteBody')
    this.#rest = next.value
    if (this.#rest.length === 0) await this.#pull()
  }
}
