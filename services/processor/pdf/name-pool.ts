import { hexValue } from './characters.ts'
import { PdfName } from './values.ts'

const slotCount = 4096

/** Gives the same name object for the same bytes, so that a file of a million names makes few strings. */
export class NamePool {
  readonly #slots: (PdfName | undefined)[] = new Array(slotCount)
  /** The last name has a `#` or a zero byte in it that the standard does not allow there. */
  isOdd = false

  /** The name whose bytes after the slash stand here. */
  take(buffer: Buffer, from: number, to: number): PdfName {
    let hash = 0
    this.isOdd = false
    for (let at = from; at < to; at++) {
      const code = buffer[at] ?? 0
      if (code === 35) return this.#unescaped(buffer, from, to)
      hash = (hash * 31 + code) | 0
    }
    const slot = hash & (slotCount - 1)
    const known = this.#slots[slot]
    if (known !== undefined && isSame(known.text, buffer, from, to)) return known
    const name = new PdfName(buffer.toString('latin1', from, to))
    this.#slots[slot] = name
    return name
  }

  #unescaped(buffer: Buffer, from: number, to: number): PdfName {
    const text = unescaped(buffer, from, to)
    this.isOdd = text.includes('#') || text.includes('\0')
    return new PdfName(text)
  }
}

function isSame(text: string, buffer: Buffer, from: number, to: number): boolean {
  if (text.length !== to - from) return false
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) !== buffer[from + index]) return false
  }
  return true
}

/** A `#` that no two hex digits follow stands for itself, as in files older than PDF 1.2. */
function unescaped(buffer: Buffer, from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at++) {
    const code = buffer[at] ?? 0
    const high = code === 35 && at + 2 < to ? hexValue(buffer[at + 1] ?? 0) : -1
    const low = high < 0 ? -1 : hexValue(buffer[at + 2] ?? 0)
    text += String.fromCharCode(low < 0 ? code : high * 16 + low)
    if (low >= 0) at += 2
  }
  return text
}
