import type { ByteSource } from './byte-source.ts'
import { isWhite, standsAt } from './characters.ts'
import { findBytes } from './find-bytes.ts'

const longestGap = 64

/** How long streams really are: `/Length` where `endstream` follows it, else what a search shows. */
export class StreamExtents {
  readonly #bytes: ByteSource
  /** The last search: from any place between these two the same `endstream` is found. */
  #searchedFrom = -1
  #found = -1

  constructor(bytes: ByteSource) {
    this.#bytes = bytes
  }

  length(start: number, stated: number | undefined): number {
    if (stated !== undefined && this.#isEnd(start, stated)) return stated
    const end = this.#searched(start)
    return end < 0 ? this.#withoutEnd(start, stated) : this.#trimmed(start, end) - start
  }

  #isEnd(start: number, length: number): boolean {
    const at = start + length
    if (!Number.isInteger(length) || length < 0 || at > this.#bytes.size) return false
    const after = this.#bytes.read(at, at + longestGap)
    let gap = 0
    while (gap < after.length && isWhite(after[gap] ?? 0)) gap++
    return standsAt(after, gap, 'endstream') || standsAt(after, gap, 'endobj')
  }

  #searched(start: number): number {
    if (this.#searchedFrom >= 0 && start >= this.#searchedFrom && (this.#found < 0 || start <= this.#found)) {
      return this.#found
    }
    this.#found = findBytes(this.#bytes, 'endstream', start)
    this.#searchedFrom = start
    return this.#found
  }

  /** No `endstream` anywhere: the file was cut off, or somebody left the word out. */
  #withoutEnd(start: number, stated: number | undefined): number {
    const end = findBytes(this.#bytes, 'endobj', start)
    if (end >= 0) return this.#trimmed(start, end) - start
    const rest = this.#bytes.size - start
    return stated !== undefined && Number.isInteger(stated) && stated >= 0 ? Math.min(stated, rest) : rest
  }

  /** Without the end of line before `endstream`. */
  #trimmed(start: number, end: number): number {
    const before = this.#bytes.read(Math.max(start, end - 2), end)
    const last = before[before.length - 1]
    if (last === 10) return before.length > 1 && before[before.length - 2] === 13 ? end - 2 : end - 1
    return last === 13 ? end - 1 : end
  }
}
