import { PdfFault } from './pdf-file.ts'

const lengthBases = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const distanceBases = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]
const distanceBits = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13]
const codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

class Damage extends Error {}

/** Codes by length: how many of each, and the symbols in order. */
type Codes = { readonly counts: Uint16Array; readonly symbols: Uint16Array }

/** Inflates as far as it goes: zlib's own call gives nothing back when it meets damage. Slow; only for broken streams. */
export function salvaged(data: Buffer, mostBytes: number): Buffer {
  const hasHeader = ((data[0] ?? 0) & 15) === 8 && ((data[0] ?? 0) * 256 + (data[1] ?? 0)) % 31 === 0
  const salvage = new Salvage(data, hasHeader ? 2 : 0, mostBytes)
  const found = salvage.run()
  if (hasHeader || found.length > 0) return found
  // A header that was overwritten.
  return new Salvage(data, 2, mostBytes).run()
}

class Salvage {
  readonly #data: Buffer
  readonly #mostBytes: number
  #at: number
  #bits = 0
  #bitCount = 0
  #out = Buffer.alloc(1 << 14)
  #length = 0

  constructor(data: Buffer, at: number, mostBytes: number) {
    this.#data = data
    this.#at = at
    this.#mostBytes = mostBytes
  }

  run(): Buffer {
    try {
      for (let isLast = false; !isLast; ) {
        isLast = this.#take(1) === 1
        this.#block(this.#take(2))
      }
    } catch (problem) {
      if (!(problem instanceof Damage)) throw problem
    }
    return this.#out.subarray(0, this.#length)
  }

  #block(kind: number): void {
    if (kind === 0) this.#storedBlock()
    else if (kind === 1) this.#codedBlock(fixedLengths, fixedDistances)
    else if (kind === 2) this.#dynamicBlock()
    else throw new Damage()
  }

  #take(count: number): number {
    while (this.#bitCount < count) {
      const code = this.#data[this.#at++]
      if (code === undefined) throw new Damage()
      this.#bits |= code << this.#bitCount
      this.#bitCount += 8
    }
    const value = this.#bits & ((1 << count) - 1)
    this.#bits >>>= count
    this.#bitCount -= count
    return value
  }

  #symbol({ counts, symbols }: Codes): number {
    let code = 0
    let first = 0
    let index = 0
    for (let length = 1; length <= 15; length++) {
      code |= this.#take(1)
      const count = counts[length] ?? 0
      if (code - count < first) return symbols[index + (code - first)] ?? 0
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw new Damage()
  }

  #push(code: number): void {
    if (this.#length >= this.#mostBytes) {
      throw new PdfFault('RESOURCE_LIMIT', `a stream unpacks to more than ${this.#mostBytes} bytes`)
    }
    if (this.#length >= this.#out.length) this.#out = Buffer.concat([this.#out, Buffer.alloc(this.#out.length)])
    this.#out[this.#length++] = code
  }

  #storedBlock(): void {
    this.#bits = 0
    this.#bitCount = 0
    const low = this.#data[this.#at] ?? 0
    const count = low + (this.#data[this.#at + 1] ?? 0) * 256
    this.#at += 4
    for (let index = 0; index < count; index++) {
      const code = this.#data[this.#at++]
      if (code === undefined) throw new Damage()
      this.#push(code)
    }
  }

  #dynamicBlock(): void {
    const lengthCount = this.#take(5) + 257
    const distanceCount = this.#take(5) + 1
    const codeCount = this.#take(4) + 4
    const codeLengths = new Array<number>(19).fill(0)
    for (const place of codeOrder.slice(0, codeCount)) codeLengths[place] = this.#take(3)
    const codes = codesOf(codeLengths)
    const lengths: number[] = []
    while (lengths.length < lengthCount + distanceCount) {
      const symbol = this.#symbol(codes)
      if (symbol < 16) lengths.push(symbol)
      else if (symbol === 16) repeat(lengths, lengths.at(-1) ?? 0, 3 + this.#take(2))
      else repeat(lengths, 0, symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7))
    }
    this.#codedBlock(codesOf(lengths.slice(0, lengthCount)), codesOf(lengths.slice(lengthCount)))
  }

  #codedBlock(lengths: Codes, distances: Codes): void {
    for (let symbol = this.#symbol(lengths); symbol !== 256; symbol = this.#symbol(lengths)) {
      if (symbol < 256) this.#push(symbol)
      else this.#copy(symbol - 257, distances)
    }
  }

  #copy(lengthCode: number, distances: Codes): void {
    const base = lengthBases[lengthCode]
    if (base === undefined) throw new Damage()
    const count = base + this.#take(lengthBits[lengthCode] ?? 0)
    const distanceCode = this.#symbol(distances)
    const distanceBase = distanceBases[distanceCode]
    if (distanceBase === undefined) throw new Damage()
    const distance = distanceBase + this.#take(distanceBits[distanceCode] ?? 0)
    if (distance > this.#length) throw new Damage()
    for (let index = 0; index < count; index++) this.#push(this.#out[this.#length - distance] ?? 0)
  }
}

function repeat(into: number[], value: number, count: number): void {
  for (let index = 0; index < count; index++) into.push(value)
}

function codesOf(lengths: readonly number[]): Codes {
  const counts = new Uint16Array(16)
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1
  counts[0] = 0
  const symbols: number[] = []
  for (let length = 1; length <= 15; length++) {
    for (const [symbol, own] of lengths.entries()) if (own === length) symbols.push(symbol)
  }
  return { counts, symbols: Uint16Array.from(symbols) }
}

const fixedLengths = codesOf(
  Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
)
const fixedDistances = codesOf(new Array<number>(30).fill(5))
