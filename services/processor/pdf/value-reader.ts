import { isDigit, isRegular, isWhite, skipBlank, standsAt } from './characters.ts'
import { NamePool } from './name-pool.ts'
import { type ReadNumber, readNumber, startsNumber } from './number-syntax.ts'
import { PdfFault } from './pdf-file.ts'
import { hexString, literalString, type ReadString } from './string-syntax.ts'
import { type PdfDict, PdfRef, PdfString, type PdfValue } from './values.ts'

const deepest = 200

/** Turns the bytes of a string into what they mean, where the file is encrypted. */
export type StringDecryption = (bytes: Buffer) => Buffer

/**
 * Reads values from a buffer that may be only a part of the file: `ranOut` tells that the syntax goes on past its end,
 * so that the caller can come again with more. Forgiving: what makes no sense is passed over.
 */
export class ValueReader {
  at = 0
  ranOut = false
  /** Something was passed over. */
  sawOddity = false
  /** Undoes the encryption of strings, once it is known whose they are. */
  decrypt: StringDecryption | undefined
  readonly #names = new NamePool()
  readonly #number: ReadNumber = { value: 0, end: 0, isCount: false }
  #buffer: Buffer = Buffer.alloc(0)

  /** Begins at `at` of another buffer. */
  open(buffer: Buffer, at: number): void {
    this.#buffer = buffer
    this.at = at
    this.ranOut = false
    this.sawOddity = false
    this.decrypt = undefined
  }

  /** Past white space and comments; gives the byte there, or -1 at the end. */
  skip(): number {
    this.at = skipBlank(this.#buffer, this.at)
    if (this.at < this.#buffer.length) return this.#buffer[this.at] ?? -1
    this.ranOut = true
    return -1
  }

  /** Whether this word comes next; it is passed over. */
  takes(word: string): boolean {
    this.skip()
    if (this.at + word.length >= this.#buffer.length) this.ranOut = true
    if (!standsAt(this.#buffer, this.at, word)) return false
    this.at += word.length
    return true
  }

  /** The whole number that comes next, passed over; undefined where something else stands. */
  count(): number | undefined {
    if (!isDigit(this.skip())) return undefined
    readNumber(this.#buffer, this.at, this.#number)
    if (!this.#number.isCount) return undefined
    this.at = this.#number.end
    if (this.at >= this.#buffer.length) this.ranOut = true
    return this.#number.value
  }

  /** The value that comes next; undefined where a keyword, a closing bracket or the end stands, which stays unread. */
  value(depth = 0): PdfValue | undefined {
    const code = this.skip()
    if (code < 0) return undefined
    if (depth > deepest) throw new PdfFault('RESOURCE_LIMIT', `values nested more than ${deepest} deep`)
    if (code === 47) return this.#name()
    if (startsNumber(code)) return this.#numberOrReference()
    if (code === 40) return this.#string(literalString(this.#buffer, this.at + 1))
    if (code === 91) return this.#array(depth)
    if (code === 60) {
      if (this.#buffer[this.at + 1] === 60) return this.#dict(depth)
      return this.#string(hexString(this.#buffer, this.at + 1))
    }
    return this.#constant(code)
  }

  #name() {
    const from = ++this.at
    while (this.at < this.#buffer.length && isRegular(this.#buffer[this.at] ?? 0)) this.at++
    if (this.at >= this.#buffer.length) this.ranOut = true
    const name = this.#names.take(this.#buffer, from, this.at)
    this.#want(!this.#names.isOdd)
    return name
  }

  #numberOrReference(): PdfValue {
    readNumber(this.#buffer, this.at, this.#number)
    const { value, end, isCount } = this.#number
    this.at = end
    if (end >= this.#buffer.length) this.ranOut = true
    // As in `58endobj`.
    else this.#want(!isRegular(this.#buffer[end] ?? 0))
    return isCount ? (this.#reference(value, end) ?? value) : value
  }

  /** `G R` after a number. */
  #reference(number: number, from: number): PdfRef | undefined {
    const buffer = this.#buffer
    const generationFrom = pastWhite(buffer, from)
    let at = generationFrom
    while (at < buffer.length && isDigit(buffer[at] ?? 0)) at++
    const generationTo = at
    if (at > generationFrom) at = pastWhite(buffer, at)
    if (at >= buffer.length) this.ranOut = true
    if (buffer[at] !== 82 || generationTo === generationFrom || generationFrom === from || isLetter(buffer[at + 1]))
      return undefined
    readNumber(buffer, generationFrom, this.#number)
    this.at = at + 1
    return new PdfRef(number, this.#number.value)
  }

  #string({ bytes, end, isOdd }: ReadString): PdfString {
    this.#want(isOdd !== true)
    if (end === undefined) this.ranOut = true
    this.at = end ?? this.#buffer.length
    return new PdfString(this.decrypt === undefined ? bytes : this.decrypt(bytes))
  }

  #array(depth: number): PdfValue[] {
    this.at++
    const items: PdfValue[] = []
    for (;;) {
      const item = this.value(depth + 1)
      if (item !== undefined) items.push(item)
      else if (this.#isOver(93)) return items
    }
  }

  #dict(depth: number): PdfDict {
    this.at += 2
    const entries = new Map<string, PdfValue>()
    for (;;) {
      const code = this.skip()
      if (code !== 47) {
        // A value without a key, or a keyword that is none: passed over.
        this.#want(code === 62)
        if (code >= 0 && code !== 62 && this.value(depth + 1) !== undefined) continue
        if (this.#isOver(62)) return entries
        continue
      }
      const key = this.#name().text
      const value = this.value(depth + 1)
      this.#want(value !== undefined && !entries.has(key))
      if (value !== undefined) entries.set(key, value)
    }
  }

  #want(isThere: boolean): void {
    if (!isThere) this.sawOddity = true
  }

  /** After something that is no value: whether the array or dictionary ends here. Passes what ends it, or the oddity. */
  #isOver(closing: number): boolean {
    const code = this.skip()
    if (code < 0) return true
    if (code === closing) {
      this.at += closing === 62 && this.#buffer[this.at + 1] === 62 ? 2 : 1
      return true
    }
    this.sawOddity = true
    if (!isRegular(code)) {
      // The bracket of somebody further out: ours is missing.
      if (code === 62 && this.#buffer[this.at + 1] === 62) return true
      this.at++
      return false
    }
    for (const word of ['endobj', 'endstream', 'stream', 'obj', 'xref', 'trailer', 'startxref']) {
      if (standsAt(this.#buffer, this.at, word)) return true
    }
    this.#passWord()
    return false
  }

  #constant(code: number): boolean | null | undefined {
    if (this.at + 6 > this.#buffer.length) this.ranOut = true
    if (code === 116 && this.#isWord('true')) return true
    if (code === 102 && this.#isWord('false')) return false
    if (code === 110 && this.#isWord('null')) return null
    return undefined
  }

  #isWord(word: string): boolean {
    if (!standsAt(this.#buffer, this.at, word)) return false
    this.at += word.length
    return true
  }

  #passWord(): void {
    while (this.at < this.#buffer.length && isRegular(this.#buffer[this.at] ?? 0)) this.at++
  }
}

function pastWhite(buffer: Buffer, from: number): number {
  let at = from
  while (at < buffer.length && isWhite(buffer[at] ?? 0)) at++
  return at
}

const isLetter = (code = 0): boolean => (code | 32) >= 97 && (code | 32) <= 122
