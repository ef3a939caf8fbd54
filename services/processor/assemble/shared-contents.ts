import { deflateSync } from 'node:zlib'
import type { ObjectNumber, PdfWriter } from '../pdf/pdf-writer.ts'

/** Gives out content streams: the same number for the same operators, as far as a short memory reaches. */
export type SharedContents = { readonly numberOf: (content: string) => ObjectNumber }

const mostKept = 8
/** A few operators are not worth packing: ten thousand packers would cost more memory than they save on disk. */
const packFromBytes = 2048

/** Pages that differ in their artwork alone have the same content: ten thousand of them share a stream. */
export function createSharedContents(writer: PdfWriter): SharedContents {
  const kept = new Map<string, ObjectNumber>()
  return {
    numberOf: (content) => {
      const known = kept.get(content)
      if (known !== undefined) return known
      const number = writer.reserve()
      put(number, Buffer.from(content, 'latin1'), writer)
      for (const oldest of kept.keys()) if (kept.size >= mostKept) kept.delete(oldest)
      kept.set(content, number)
      return number
    },
  }
}

function put(number: ObjectNumber, content: Buffer, writer: PdfWriter): void {
  if (content.length < packFromBytes) writer.putStream(number, '', content)
  else writer.putStream(number, '/Filter /FlateDecode', deflateSync(content))
}
