import type { ByteSource } from './byte-source.ts'
import type { Decryption } from './decryption.ts'
import { decodeStream } from './filters.ts'
import { endOf, ObjectReader } from './object-reader.ts'
import { ObjectStreams } from './object-streams.ts'
import { Slots } from './slots.ts'
import { PdfRef, PdfStream, type PdfValue } from './values.ts'
import { packed, plain, XrefTable } from './xref-table.ts'

/** Enough for what pages share; more would outlive the young generation and become old garbage. */
const keptBits = 8
const longestChain = 32
const mostObjectStreamBytes = 1 << 27

/** The objects of a file by number: parsed when asked for, the last few hundred kept. */
export class ObjectStore {
  readonly bytes: ByteSource
  readonly reader: ObjectReader
  table = new XrefTable()
  decryption: Decryption | undefined
  /** Called once when an object is not where the table says; must put a better table in place. */
  onLostObject: (() => void) | undefined
  readonly #kept = new Slots<PdfValue>(keptBits)
  readonly #opening = new Set<number>()
  readonly #streams: ObjectStreams

  constructor(bytes: ByteSource) {
    this.bytes = bytes
    this.reader = new ObjectReader(bytes, {
      lengthOf: (value) => {
        const length = this.resolve(value)
        return typeof length === 'number' ? length : undefined
      },
      stringsOf: (id) => this.decryption?.strings(id),
    })
    this.#streams = new ObjectStreams((stream) => this.decoded(stream, mostObjectStreamBytes))
  }

  object(number: number): PdfValue {
    const known = this.#kept.get(number)
    if (known !== undefined) return known
    // An object that needs itself, such as a stream that is its own length.
    if (this.#opening.has(number)) return null
    this.#opening.add(number)
    try {
      const value = this.#read(number)
      this.#kept.set(number, value)
      return value
    } finally {
      this.#opening.delete(number)
    }
  }

  /** Follows references; undefined for nothing at all, null for a dangling one. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    let found = value
    for (let step = 0; found instanceof PdfRef; step++) found = step < longestChain ? this.object(found.number) : null
    return found
  }

  /** Data as stored, decrypted. */
  stored(stream: PdfStream): Buffer {
    const stored = this.bytes.read(stream.start, stream.start + stream.length)
    return this.decryption === undefined
      ? stored
      : this.decryption.stream(stored, stream, (value) => this.resolve(value))
  }

  decoded(stream: PdfStream, mostBytes: number): Buffer {
    return decodeStream(this.stored(stream), stream.dict, mostBytes, (value) => this.resolve(value))
  }

  /** Something read so far is not as the standard wants it. */
  get sawOddity(): boolean {
    return this.reader.sawOddity || this.#streams.sawOddity
  }

  /** Numbers in the object stream of this number. */
  packedNumbers(container: number): readonly number[] {
    const stream = this.object(container)
    return stream instanceof PdfStream ? this.#streams.numbers(container, stream) : []
  }

  /** Forgets what was parsed: the table or the encryption changed. */
  forget(): void {
    this.#kept.clear()
    // What led here is read once more from the new table; it must not be taken for a circle.
    this.#opening.clear()
    this.#streams.forget()
  }

  #read(number: number): PdfValue {
    const kind = this.table.kind(number)
    if (kind === plain) {
      const found = this.reader.read(this.table.place(number))
      if (found?.id.number === number) {
        this.table.noteEnd(number, endOf(found))
        return found.value
      }
    } else if (kind === packed) {
      const found = this.#unpacked(number)
      if (found !== undefined) return found
    } else return null
    const repair = this.onLostObject
    if (repair === undefined) return null
    this.onLostObject = undefined
    repair()
    return this.#read(number)
  }

  #unpacked(number: number): PdfValue | undefined {
    const container = this.table.place(number)
    if (this.table.kind(container) !== plain) return undefined
    const stream = this.object(container)
    if (!(stream instanceof PdfStream)) return undefined
    return this.#streams.object(container, stream, number, this.table.index(number))
  }
}
