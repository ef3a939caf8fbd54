import { PdfFault } from './pdf-file.ts'

const clear = 256
const finished = 257
const firstOwn = 258
const mostCodes = 4096

/** LZW as in TIFF; `isEarly`: codes grow by a bit one code sooner than they must. */
export function lzw(data: Buffer, isEarly: boolean, mostBytes: number): Buffer {
  const codes = new CodeReader(data, isEarly ? 1 : 0)
  const output = new Output(data.length * 4, mostBytes)
  for (let code = codes.next(output.codeCount); code !== finished; code = codes.next(output.codeCount)) {
    if (code === clear) output.clear()
    else if (!output.add(code)) break
  }
  return output.bytes()
}

class CodeReader {
  readonly #data: Buffer
  readonly #early: number
  #at = 0
  #bits = 0
  #bitCount = 0

  constructor(data: Buffer, early: number) {
    this.#data = data
    this.#early = early
  }

  /** `codeCount`: how many codes are defined; the end of the data counts as the code for it. */
  next(codeCount: number): number {
    const highest = codeCount + this.#early
    const width = highest >= 2048 ? 12 : highest >= 1024 ? 11 : highest >= 512 ? 10 : 9
    while (this.#bitCount < width) {
      const byte = this.#data[this.#at++]
      if (byte === undefined) return finished
      this.#bits = ((this.#bits << 8) | byte) & 0xffffff
      this.#bitCount += 8
    }
    this.#bitCount -= width
    return (this.#bits >>> this.#bitCount) & ((1 << width) - 1)
  }
}

/** Every code of its own stands for a piece of what is already out, one byte longer than the piece that came before. */
class Output {
  codeCount = firstOwn
  readonly #mostBytes: number
  readonly #starts = new Float64Array(mostCodes)
  readonly #lengths = new Uint32Array(mostCodes)
  #out: Buffer
  #length = 0
  #previous = 0

  constructor(firstBytes: number, mostBytes: number) {
    this.#out = Buffer.alloc(Math.min(Math.max(1024, firstBytes), mostBytes + 1024))
    this.#mostBytes = mostBytes
  }

  clear(): void {
    this.codeCount = firstOwn
    this.#previous = 0
  }

  /** False for a code that nothing has defined: the rest is damaged. */
  add(code: number): boolean {
    if (this.#previous > 0 && this.codeCount < mostCodes) {
      this.#starts[this.codeCount] = this.#length - this.#previous
      this.#lengths[this.codeCount] = this.#previous + 1
      this.codeCount++
    }
    if (code >= this.codeCount) return false
    const count = code < clear ? 1 : (this.#lengths[code] ?? 0)
    this.#makeRoom(this.#length + count)
    if (code < clear) this.#out[this.#length] = code
    else this.#repeat(this.#starts[code] ?? 0, count)
    this.#length += count
    this.#previous = count
    return true
  }

  bytes(): Buffer {
    return this.#out.subarray(0, this.#length)
  }

  /** Byte by byte: the piece may overlap the place that it goes to. */
  #repeat(from: number, count: number): void {
    const out = this.#out
    for (let index = 0; index < count; index++) out[this.#length + index] = out[from + index] ?? 0
  }

  #makeRoom(needed: number): void {
    if (needed > this.#mostBytes) {
      throw new PdfFault('RESOURCE_LIMIT', `a stream unpacks to more than ${this.#mostBytes} bytes`)
    }
    if (needed > this.#out.length)
      this.#out = Buffer.concat([this.#out, Buffer.alloc(Math.max(this.#out.length, needed))])
  }
}
