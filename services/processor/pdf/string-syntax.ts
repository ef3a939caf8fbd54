import { hexValue, isWhite } from './characters.ts'

/** A string read from syntax, and where what follows it starts; undefined `end`: the buffer ends before the string. */
export type ReadString = {
  readonly bytes: Buffer
  readonly end: number | undefined
  /** Something in it has no meaning there. */
  readonly isOdd?: boolean
}

/** `(…)` whose opening stands just before `from`. */
export function literalString(buffer: Buffer, from: number): ReadString {
  let depth = 1
  let at = from
  let isPlain = true
  for (; at < buffer.length; at++) {
    const code = buffer[at]
    if (code === 92) {
      isPlain = false
      at++
    } else if (code === 13) isPlain = false
    else if (code === 40) depth++
    else if (code === 41 && --depth === 0) break
  }
  const end = at < buffer.length ? at + 1 : undefined
  const raw = buffer.subarray(from, Math.min(at, buffer.length))
  return { bytes: isPlain ? Buffer.from(raw) : unescaped(raw), end }
}

const escapes = new Map([
  [110, 10],
  [114, 13],
  [116, 9],
  [98, 8],
  [102, 12],
])

function unescaped(raw: Buffer): Buffer {
  const out = Buffer.alloc(raw.length)
  let length = 0
  for (let at = 0; at < raw.length; ) {
    const code = raw[at++] ?? 0
    if (code === 13) {
      // Any end of line inside a string means a line feed (7.3.4.2).
      if (raw[at] === 10) at++
      out[length++] = 10
    } else if (code !== 92) out[length++] = code
    else {
      const { byte, next } = escapeAt(raw, at)
      if (byte !== undefined) out[length++] = byte
      at = next
    }
  }
  return Buffer.from(out.subarray(0, length))
}

/** What follows a backslash; no byte for a line that goes on. */
function escapeAt(raw: Buffer, at: number): { byte: number | undefined; next: number } {
  const code = raw[at]
  if (code === undefined) return { byte: undefined, next: at }
  if (code === 13) return { byte: undefined, next: raw[at + 1] === 10 ? at + 2 : at + 1 }
  if (code === 10) return { byte: undefined, next: at + 1 }
  if (code < 48 || code > 55) return { byte: escapes.get(code) ?? code, next: at + 1 }
  let value = 0
  let next = at
  for (; next < at + 3; next++) {
    const digit = (raw[next] ?? 0) - 48
    if (digit < 0 || digit > 7) break
    value = value * 8 + digit
  }
  return { byte: value & 255, next }
}

/** `<…>` whose opening stands just before `from`; what is no hex digit is passed over, an odd last digit means `x0`. */
export function hexString(buffer: Buffer, from: number): ReadString {
  const close = buffer.indexOf(62, from)
  const to = close < 0 ? buffer.length : close
  const out = Buffer.alloc((to - from + 1) >> 1)
  let digits = 0
  let isOdd = false
  for (let at = from; at < to; at++) {
    const value = hexValue(buffer[at] ?? 0)
    if (value < 0) {
      isOdd ||= !isWhite(buffer[at] ?? 0)
      continue
    }
    const place = digits >> 1
    out[place] = digits % 2 === 0 ? value * 16 : (out[place] ?? 0) + value
    digits++
  }
  return { bytes: Buffer.from(out.subarray(0, (digits + 1) >> 1)), end: close < 0 ? undefined : close + 1, isOdd }
}
