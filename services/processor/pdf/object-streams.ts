import { ValueReader } from './value-reader.ts'
import type { PdfStream, PdfValue } from './values.ts'

const mostKeptBytes = 1 << 23
const mostObjects = 1 << 20

/** An object stream unpacked: numbers and places of the objects in it. */
type Unpacked = { readonly data: Buffer; readonly numbers: readonly number[]; readonly places: readonly number[] }

/** Objects inside object streams; the streams used last are kept unpacked (8 MiB). */
export class ObjectStreams {
  readonly #decoded: (stream: PdfStream) => Buffer
  readonly #reader = new ValueReader()
  readonly #kept = new Map<number, Unpacked>()
  #keptBytes = 0
  /** Something in an object read so far was passed over. */
  sawOddity = false

  constructor(decoded: (stream: PdfStream) => Buffer) {
    this.#decoded = decoded
  }

  /** Object `number`, which the table says is the one at `index`; undefined where it is not in there. */
  object(container: number, stream: PdfStream, number: number, index: number): PdfValue | undefined {
    const unpacked = this.#unpacked(container, stream)
    const at = unpacked.numbers[index] === number ? index : unpacked.numbers.indexOf(number)
    const place = unpacked.places[at]
    if (place === undefined) return undefined
    this.#reader.open(unpacked.data, place)
    const value = this.#reader.value() ?? null
    this.sawOddity ||= this.#reader.sawOddity
    return value
  }

  numbers(container: number, stream: PdfStream): readonly number[] {
    return this.#unpacked(container, stream).numbers
  }

  forget(): void {
    this.#kept.clear()
    this.#keptBytes = 0
  }

  #unpacked(container: number, stream: PdfStream): Unpacked {
    const known = this.#kept.get(container)
    if (known !== undefined) return known
    const fresh = this.#unpack(stream)
    for (const [oldest, { data }] of this.#kept) {
      if (this.#keptBytes + fresh.data.length <= mostKeptBytes) break
      this.#kept.delete(oldest)
      this.#keptBytes -= data.length
    }
    this.#kept.set(container, fresh)
    this.#keptBytes += fresh.data.length
    return fresh
  }

  #unpack(stream: PdfStream): Unpacked {
    const data = this.#decoded(stream)
    const first = stream.dict.get('First')
    const count = stream.dict.get('N')
    const numbers: number[] = []
    const places: number[] = []
    const reader = this.#reader
    reader.open(data, 0)
    const most = typeof count === 'number' ? Math.min(count, mostObjects) : mostObjects
    const head = typeof first === 'number' ? first : 0
    while (numbers.length < most && reader.at < head) {
      const number = reader.count()
      const place = number === undefined ? undefined : reader.count()
      if (number === undefined || place === undefined) break
      numbers.push(number)
      places.push(head + place)
    }
    return { data, numbers, places }
  }
}
