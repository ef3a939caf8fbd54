const chunkBits = 10
const chunkLength = 1 << chunkBits

/** Implementation limit of object numbers (ISO 32000-1, annex C); it bounds this table to 180 MB. */
export const highestNumber = 8_388_606

export const unknown = 0
export const free = 1
/** At a place in the file. */
export const plain = 2
/** In an object stream. */
export const packed = 3

type Chunk = {
  readonly kinds: Uint8Array
  readonly places: Float64Array
  readonly indexes: Uint32Array
  readonly ends: Float64Array
}

/** Where each object is. `place`: offset, or number of the object stream; `index`: generation, or place in the stream. */
export class XrefTable {
  /** One more than the highest number. */
  size = 1
  readonly #chunks: (Chunk | undefined)[] = []

  kind(number: number): number {
    return this.#chunks[number >>> chunkBits]?.kinds[number & (chunkLength - 1)] ?? unknown
  }

  place(number: number): number {
    return this.#chunks[number >>> chunkBits]?.places[number & (chunkLength - 1)] ?? 0
  }

  index(number: number): number {
    return this.#chunks[number >>> chunkBits]?.indexes[number & (chunkLength - 1)] ?? 0
  }

  /** Where an object that was read ends, its data included; 0 before it was. */
  end(number: number): number {
    return this.#chunks[number >>> chunkBits]?.ends[number & (chunkLength - 1)] ?? 0
  }

  noteEnd(number: number, end: number): void {
    const chunk = this.#chunks[number >>> chunkBits]
    if (chunk !== undefined) chunk.ends[number & (chunkLength - 1)] = end
  }

  /** Newer sections are read first: what is there stays. */
  add(number: number, kind: number, place: number, index: number): void {
    if (this.kind(number) === unknown) this.set(number, kind, place, index)
  }

  set(number: number, kind: number, place: number, index: number): void {
    if (!(number >= 0 && number <= highestNumber)) return
    const chunkIndex = number >>> chunkBits
    let chunk = this.#chunks[chunkIndex]
    if (chunk === undefined) {
      chunk = {
        kinds: new Uint8Array(chunkLength),
        places: new Float64Array(chunkLength),
        indexes: new Uint32Array(chunkLength),
        ends: new Float64Array(chunkLength),
      }
      this.#chunks[chunkIndex] = chunk
    }
    const at = number & (chunkLength - 1)
    chunk.kinds[at] = kind
    chunk.places[at] = place
    chunk.indexes[at] = index
    if (number >= this.size) this.size = number + 1
  }

  /** Where the objects begin that stand by themselves. */
  places(): number[] {
    return this.numbersInUse().flatMap((number) => (this.kind(number) === plain ? [this.place(number)] : []))
  }

  /** Ascending. */
  numbersInUse(): number[] {
    const numbers: number[] = []
    for (const [index, chunk] of this.#chunks.entries()) {
      if (chunk === undefined) continue
      for (const [at, kind] of chunk.kinds.entries()) {
        if (kind >= plain && (index > 0 || at > 0)) numbers.push(index * chunkLength + at)
      }
    }
    return numbers
  }
}
