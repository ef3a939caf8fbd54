import { hexValue } from './characters.ts'
import { PdfFault } from './pdf-file.ts'

export function asciiHex(data: Buffer): Buffer {
  const out = Buffer.alloc((data.length + 1) >> 1)
  let digits = 0
  for (const code of data) {
    if (code === 62) break
    const value = hexValue(code)
    if (value < 0) continue
    const place = digits >> 1
    out[place] = digits % 2 === 0 ? value * 16 : (out[place] ?? 0) + value
    digits++
  }
  return out.subarray(0, (digits + 1) >> 1)
}

/** Ends at `~`; bytes that do not belong are passed over. */
export function ascii85(data: Buffer, mostBytes: number): Buffer {
  const close = data.indexOf(126, 2)
  const text = data.subarray(data[0] === 60 && data[1] === 126 ? 2 : 0, close < 0 ? data.length : close)
  const out = Buffer.alloc(longestOutput(text, mostBytes))
  let length = 0
  let value = 0
  let digits = 0
  for (const code of text) {
    // Four bytes of nothing.
    if (code === 122 && digits === 0) length += 4
    if (code < 33 || code > 117) continue
    value = value * 85 + (code - 33)
    if (++digits < 5) continue
    out.writeUInt32BE(value % 2 ** 32, length)
    length += 4
    value = 0
    digits = 0
  }
  if (digits > 1) length += lastGroup(out, length, value, digits)
  return out.subarray(0, length)
}

function longestOutput(text: Buffer, mostBytes: number): number {
  let nulls = 0
  for (const code of text) if (code === 122) nulls++
  const longest = nulls * 4 + Math.ceil(((text.length - nulls) * 4) / 5) + 4
  if (longest > mostBytes * 2 + 1024) {
    throw new PdfFault('RESOURCE_LIMIT', `a stream unpacks to more than ${mostBytes} bytes`)
  }
  return longest
}

/** Fewer than five digits are filled up with the highest; one byte less than there are digits counts. */
function lastGroup(out: Buffer, at: number, started: number, digits: number): number {
  let value = started
  for (let index = digits; index < 5; index++) value = value * 85 + 84
  const group = Buffer.alloc(4)
  group.writeUInt32BE(value % 2 ** 32)
  return group.copy(out, at, 0, digits - 1)
}
