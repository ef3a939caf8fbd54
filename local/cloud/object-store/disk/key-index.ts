import type { ObjectRecord } from './object-record.ts'

/** What a list, a condition or a lifecycle rule wants to know of an object. */
export type Summary = Pick<ObjectRecord, 'sizeBytes' | 'etag' | 'tags'> & { readonly lastModifiedEpochMs: number }

/**
 * The keys of a bucket in S3's order, which is that of their UTF-8 bytes. Inside, a key is its bytes as a latin1 string,
 * because JavaScript orders strings by UTF-16 unit. Summaries come in when they are first known.
 */
export class KeyIndex {
  readonly #sorted: string[]
  readonly #summaries: Map<string, Summary | undefined>

  constructor(keys: readonly string[]) {
    this.#sorted = keys.map(toBytes).sort(order)
    this.#summaries = new Map(this.#sorted.map((bytes) => [bytes, undefined]))
  }

  has(key: string): boolean {
    return this.#summaries.has(toBytes(key))
  }

  /** Undefined for a key that is not there, and for one whose summary was never needed yet. */
  summary(key: string): Summary | undefined {
    return this.#summaries.get(toBytes(key))
  }

  set(key: string, summary: Summary): void {
    const bytes = toBytes(key)
    if (!this.#summaries.has(bytes)) this.#sorted.splice(this.position(bytes), 0, bytes)
    this.#summaries.set(bytes, summary)
  }

  delete(key: string): void {
    const bytes = toBytes(key)
    if (this.#summaries.delete(bytes)) this.#sorted.splice(this.position(bytes), 1)
  }

  /** Where the first key stands that is not below `bytes`. */
  position(bytes: string): number {
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#sorted[middle] ?? '') < bytes) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The bytes of the key at a position; undefined after the last. */
  at(position: number): string | undefined {
    return this.#sorted[position]
  }

  /** All keys that start with `prefix`, as of now. */
  withPrefix(prefix: string): string[] {
    const bytes = toBytes(prefix)
    const end = bytes === '' ? this.#sorted.length : this.position(endOfPrefix(bytes))
    return this.#sorted.slice(this.position(bytes), end).map(fromBytes)
  }
}

/** A key's UTF-8 bytes, one character each. */
export function toBytes(key: string): string {
  return Buffer.from(key, 'utf8').toString('latin1')
}

export function fromBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** The first string of bytes above all that start with the non-empty `prefix`; UTF-8 has no byte 0xff that could overflow. */
export function endOfPrefix(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
