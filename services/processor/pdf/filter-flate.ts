import { constants, inflateSync } from 'node:zlib'
import { PdfFault } from './pdf-file.ts'
import { salvaged } from './salvage-deflate.ts'

/** Inflates; damaged data give what came out before the damage. */
export function inflated(data: Buffer, mostBytes: number): Buffer {
  if (data.length === 0) return data
  try {
    return inflateSync(data, {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: Math.max(1, mostBytes),
      chunkSize: chunkBytesFor(data.length),
    })
  } catch (problem) {
    if (problem instanceof RangeError) {
      throw new PdfFault('RESOURCE_LIMIT', `a stream unpacks to more than ${mostBytes} bytes`, { cause: problem })
    }
    return salvaged(data, mostBytes)
  }
}

/** Node takes this much memory for every stream, and a document has ten thousands of short ones. */
const chunkBytesFor = (stored: number): number => Math.min(Math.max(4 * stored, 1024), 65_536)
