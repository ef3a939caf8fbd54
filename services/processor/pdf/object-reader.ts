import type { ByteSource } from './byte-source.ts'
import { standsAt } from './characters.ts'
import { StreamExtents } from './stream-extents.ts'
import { type StringDecryption, ValueReader } from './value-reader.ts'
import { PdfRef, PdfStream, type PdfValue } from './values.ts'

/** Enough for most objects; what goes on is read again, eight times as long. */
const firstWindow = 1024
const longestSyntax = 1 << 26

/** An indirect object as it stands in the file; `end` is where its value (not its stream's data) ends. */
export type FoundObject = {
  readonly id: PdfRef
  readonly value: PdfValue
  readonly end: number
}

/** Where it ends, a stream's data included. */
export const endOf = ({ value, end }: FoundObject): number =>
  value instanceof PdfStream ? value.start + value.length : end

export type ObjectReaderNeeds = {
  /** The number that a stream's `/Length` means. */
  readonly lengthOf: (value: PdfValue | undefined) => number | undefined
  readonly stringsOf: (id: PdfRef) => StringDecryption | undefined
}

/** Reads indirect objects at given places of a file. */
export class ObjectReader {
  readonly #bytes: ByteSource
  readonly #needs: ObjectReaderNeeds
  readonly #reader = new ValueReader()
  readonly #extents: StreamExtents
  /** Something read so far is not as the standard wants it. We read on; a press's reader may not. */
  sawOddity = false

  constructor(bytes: ByteSource, needs: ObjectReaderNeeds) {
    this.#bytes = bytes
    this.#needs = needs
    this.#extents = new StreamExtents(bytes)
  }

  /** The object whose `N G obj` stands at this place; undefined where none does. */
  read(offset: number): FoundObject | undefined {
    const found = this.#whole(offset, (window) => this.#object(window, offset))
    if (found === undefined || found.streamStart === undefined || !(found.value instanceof Map)) return found
    const { id, end, streamStart } = found
    const stated = this.#needs.lengthOf(found.value.get('Length'))
    const length = this.#extents.length(streamStart, stated)
    this.sawOddity ||= length !== stated
    return { id, end, value: new PdfStream(found.value, streamStart, length, id) }
  }

  /** A value that stands by itself, as a trailer does. */
  value(offset: number): { readonly value: PdfValue | undefined; readonly end: number } {
    return this.#whole(offset, () => {
      const value = this.#reader.value()
      return { value, end: offset + this.#reader.at }
    })
  }

  #whole<Read>(offset: number, read: (window: Buffer) => Read): Read {
    for (let size = firstWindow; ; size *= 8) {
      const window = this.#bytes.read(offset, offset + size)
      this.#reader.open(window, 0)
      const found = read(window)
      if (this.#reader.ranOut && size < longestSyntax && offset + size < this.#bytes.size) continue
      this.sawOddity ||= this.#reader.sawOddity
      return found
    }
  }

  #object(window: Buffer, offset: number): (FoundObject & { readonly streamStart: number | undefined }) | undefined {
    const reader = this.#reader
    const number = reader.count()
    const generation = number === undefined ? undefined : reader.count()
    if (number === undefined || generation === undefined || !reader.takes('obj')) return undefined
    const id = new PdfRef(number, generation)
    reader.decrypt = this.#needs.stringsOf(id)
    const read = reader.value()
    const value = read ?? null
    const end = offset + reader.at
    if (!(value instanceof Map) || !reader.takes('stream')) {
      if (read === undefined || read instanceof PdfRef || !reader.takes('endobj')) reader.sawOddity = true
      return { id, value, end, streamStart: undefined }
    }
    if (reader.at + 2 > window.length) reader.ranOut = true
    const data = dataStart(window, reader.at)
    // Only these two ends of the line tell a reader where data begin (7.3.8.1).
    if (!['stream\n', 'stream\r\n'].some((head) => standsAt(window, data - head.length, head))) reader.sawOddity = true
    return { id, value, end, streamStart: offset + data }
  }
}

/** Past the end of line after `stream`, and past blanks before it that do not belong there. */
function dataStart(window: Buffer, from: number): number {
  let at = from
  while (window[at] === 32 || window[at] === 9) at++
  if (window[at] === 13) return window[at + 1] === 10 ? at + 2 : at + 1
  return window[at] === 10 ? at + 1 : from
}
