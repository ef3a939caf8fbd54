import type { ByteSource } from './byte-source.ts'
import { isDigit, isWhite } from './characters.ts'

const blockBytes = 1 << 16

/** Goes through a source byte by byte: for what is longer than one wants in memory. */
export class ByteCursor {
  at: number
  readonly #bytes: ByteSource
  #block: Buffer = Buffer.alloc(0)
  #from = 0

  constructor(bytes: ByteSource, at: number) {
    this.#bytes = bytes
    this.at = at
  }

  /** The byte here, -1 at the end. */
  code(): number {
    const code = this.#block[this.at - this.#from]
    if (code !== undefined) return code
    this.#from = this.at
    this.#block = this.#bytes.read(this.at, this.at + blockBytes)
    return this.#block[0] ?? -1
  }

  /** Past white space and comments; gives the byte there. */
  skip(): number {
    for (;;) {
      let code = this.code()
      if (code === 37) {
        while (code >= 0 && code !== 10 && code !== 13) code = this.#next()
      } else if (code < 0 || !isWhite(code)) return code
      else this.at++
    }
  }

  /** The digits that come next as a number; undefined where none stand. */
  count(): number | undefined {
    let code = this.skip()
    if (!isDigit(code)) return undefined
    let value = 0
    for (; code >= 48 && code <= 57; code = this.#next()) value = value * 10 + (code - 48)
    return value
  }

  #next(): number {
    this.at++
    return this.code()
  }
}
