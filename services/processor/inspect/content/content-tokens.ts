import { isRegular, isWhite, skipBlank } from '../../pdf/characters.ts'
import { type ReadNumber, readNumber, startsNumber } from '../../pdf/number-syntax.ts'
import { hexString, literalString } from '../../pdf/string-syntax.ts'
import { type PdfArray, type PdfDict, PdfName, PdfString, type PdfValue } from '../../pdf/values.ts'

/** A word that is no operand: an operator, or a bracket. */
export class Word {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export const endOfContent = new Word('')
const closeArray = new Word(']')
const closeDict = new Word('>>')
const deepest = 20
const mostNamesKept = 1000

/** Cuts a content stream into operands and words. Forgiving like a viewer: what makes no sense is passed over. */
export class ContentTokens {
  readonly #bytes: Buffer
  readonly #words = new Map<number, Word>()
  readonly #names = new Map<string, PdfName>()
  readonly #read: ReadNumber = { value: 0, end: 0, isCount: false }
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** The next operand or word; `endOfContent` at the end. */
  next(depth = 0): PdfValue | Word {
    this.#at = skipBlank(this.#bytes, this.#at)
    const code = this.#bytes[this.#at]
    if (code === undefined) return endOfContent
    if (startsNumber(code)) return this.#number()
    if (isRegular(code)) return this.#word()
    this.#at += 1
    return this.#delimited(code, depth)
  }

  /** After `BI`: the entries of an inline image. Its data are passed over. */
  inlineImage(): PdfDict {
    const entries = this.#entries(0, 'ID')
    this.#skipImageData()
    return entries
  }

  #delimited(code: number, depth: number): PdfValue | Word {
    const isDoubled = this.#bytes[this.#at] === code
    switch (String.fromCharCode(code)) {
      case '/':
        return this.#name()
      case '(':
        return this.#string(literalString(this.#bytes, this.#at))
      case '<':
        return isDoubled ? this.#dict(depth) : this.#string(hexString(this.#bytes, this.#at))
      case '[':
        return this.#array(depth)
      case ']':
        return closeArray
      case '>':
        if (isDoubled) this.#at += 1
        return closeDict
      default:
        // A brace or a bracket that closes nothing.
        return this.next(depth)
    }
  }

  #number(): number {
    readNumber(this.#bytes, this.#at, this.#read)
    this.#at = this.#read.end
    return this.#read.value
  }

  #word(): Word {
    const start = this.#at
    let key = 0
    for (let code = this.#bytes[this.#at]; code !== undefined && isRegular(code); code = this.#bytes[this.#at]) {
      key = key * 256 + code
      this.#at += 1
    }
    if (this.#at - start > 4) return new Word(this.#bytes.toString('latin1', start, this.#at))
    const known = this.#words.get(key)
    if (known) return known
    const word = new Word(this.#bytes.toString('latin1', start, this.#at))
    this.#words.set(key, word)
    return word
  }

  #name(): PdfName {
    const start = this.#at
    for (let code = this.#bytes[this.#at]; code !== undefined && isRegular(code); code = this.#bytes[this.#at]) {
      this.#at += 1
    }
    const raw = this.#bytes.toString('latin1', start, this.#at)
    const known = this.#names.get(raw)
    if (known) return known
    const name = new PdfName(
      raw.replace(/#([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    )
    if (this.#names.size < mostNamesKept) this.#names.set(raw, name)
    return name
  }

  #string({ bytes, end = this.#bytes.length }: ReturnType<typeof literalString>): PdfString {
    this.#at = end
    return new PdfString(bytes)
  }

  #array(depth: number): PdfArray {
    const items: PdfValue[] = []
    if (depth > deepest) return items
    for (let item = this.next(depth + 1); item !== endOfContent && item !== closeArray; item = this.next(depth + 1)) {
      if (!(item instanceof Word)) items.push(item)
    }
    return items
  }

  #dict(depth: number): PdfDict {
    this.#at += 1
    return depth > deepest ? new Map() : this.#entries(depth, closeDict.text)
  }

  #entries(depth: number, end: string): PdfDict {
    const entries = new Map<string, PdfValue>()
    for (let key = this.next(depth + 1); key !== endOfContent; key = this.next(depth + 1)) {
      if (key instanceof Word && key.text === end) break
      if (!(key instanceof PdfName)) continue
      const value = this.next(depth + 1)
      if (!(value instanceof Word)) entries.set(key.text, value)
      else if (value.text === end) break
      else entries.set(key.text, value.text === 'true')
    }
    return entries
  }

  /** `EI` between white space, with text after it: picture data may hold the two letters by chance. */
  #skipImageData(): void {
    const bytes = this.#bytes
    for (let found = bytes.indexOf('EI', this.#at); found >= 0; found = bytes.indexOf('EI', found + 1)) {
      const isApart = isWhite(bytes[found - 1] ?? 32) && !isRegular(bytes[found + 2] ?? 32)
      if (!isApart || !bytes.subarray(found + 2, found + 12).every(isText)) continue
      this.#at = found + 2
      return
    }
    this.#at = bytes.length
  }
}

const isText = (code: number): boolean => (code >= 32 && code < 127) || isWhite(code)
