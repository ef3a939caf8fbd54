import { PdfFault } from './pdf-file.ts'

const clear = 256
const finished = 257
const mostCodes = 4096

/** LZW as in TIFF. Every code but the first after a clear is a piece of what is already out, one byte longer. */
export function lzw(data: Buffer, isEarly: boolean, mostBytes: number): Buffer {
  const starts = new Float64Array(mostCodes)
  const lengths = new Uint32Array(mostCodes)
  const early = isEarly ? 1 : 0
  let out = Buffer.alloc(Math.max(1024, data.length * 4))
  let length = 0
  let next = 258
  let width = 9
  let previousLength = 0
  let bits = 0
  let bitCount = 0
  const grow = (needed: number): void => {
    if (needed > mostBytes) throw new PdfFault('RESOURCE_LIMIT', `a stream unpacks to more than ${mostBytes} bytes`)
    if (needed > out.length) out = Buffer.concat([out, Buffer.alloc(Math.max(out.length, needed))])
  }
  for (let at = 0; ; ) {
    while (bitCount < width && at < data.length) {
      bits = ((bits << 8) | (data[at++] ?? 0)) & 0xffffff
      bitCount += 8
    }
    if (bitCount < width) break
    bitCount -= width
    const code = (bits >>> bitCount) & ((1 << width) - 1)
    if (code === finished) break
    if (code === clear) {
      next = 258
      width = 9
      previousLength = 0
      continue
    }
    if (previousLength > 0 && next < mostCodes) {
      starts[next] = length - previousLength
      lengths[next] = previousLength + 1
      next++
    }
    const isByte = code < clear
    // A code that nothing has defined: the rest is damaged.
    if (!isByte && code >= next) break
    const count = isByte ? 1 : (lengths[code] ?? 0)
    grow(length + count)
    if (isByte) out[length] = code
    else copyForward(out, starts[code] ?? 0, length, count)
    length += count
    previousLength = count
    width = next + early >= 2048 ? 12 : next + early >= 1024 ? 11 : next + early >= 512 ? 10 : 9
  }
  return out.subarray(0, length)
}

/** Byte by byte: the piece may overlap the place that it goes to. */
function copyForward(out: Buffer, from: number, to: number, count: number): void {
  for (let index = 0; index < count; index++) out[to + index] = out[from + index] ?? 0
}
