import { Readable } from 'node:stream'
import { openPlain } from '../sandbox/open-plain.ts'

/** A file that the child wrote, with its size; a link in its place would lead out of the job folder. */
export type LocalPart = { readonly path: string; readonly sizeBytes: number }

/** Looks at the files that one object is made of, in their order. */
export async function localParts(paths: readonly string[]): Promise<readonly LocalPart[]> {
  return await Promise.all(
    paths.map(async (path) => {
      const file = await openPlain(path)
      try {
        return { path, sizeBytes: (await file.stat()).size }
      } finally {
        await file.close()
      }
    }),
  )
}

export const sizeOf = (parts: readonly LocalPart[]): number => parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)

/** The bytes [from, to) of the parts as if they were one file; `onChunk` sees each on its way. */
export function joinedStream(
  parts: readonly LocalPart[],
  from: number,
  to: number,
  onChunk: (chunk: Buffer) => void,
): Readable {
  return Readable.from(chunks(parts, from, to, onChunk), { objectMode: false })
}

async function* chunks(parts: readonly LocalPart[], from: number, to: number, onChunk: (chunk: Buffer) => void) {
  let offset = 0
  for (const { path, sizeBytes } of parts) {
    const start = Math.max(0, from - offset)
    const end = Math.min(sizeBytes, to - offset)
    offset += sizeBytes
    if (start >= end) continue
    const file = await openPlain(path)
    for await (const chunk of file.createReadStream({ start, end: end - 1, highWaterMark: 1 << 18 })) {
      if (!Buffer.isBuffer(chunk)) throw new Error('A file gave no bytes')
      onChunk(chunk)
      yield chunk
    }
  }
}
