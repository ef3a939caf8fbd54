import { PdfFault } from './pdf-file.ts'

export function runLength(data: Buffer, mostBytes: number): Buffer {
  const pieces: Buffer[] = []
  let total = 0
  for (let at = 0; at < data.length; ) {
    const code = data[at++] ?? 128
    if (code === 128) break
    const piece =
      code < 128 ? data.subarray(at, at + code + 1) : Buffer.alloc(at < data.length ? 257 - code : 0, data[at] ?? 0)
    at += code < 128 ? code + 1 : 1
    pieces.push(piece)
    total += piece.length
    if (total > mostBytes) throw new PdfFault('RESOURCE_LIMIT', `a stream unpacks to more than ${mostBytes} bytes`)
  }
  return Buffer.concat(pieces)
}
