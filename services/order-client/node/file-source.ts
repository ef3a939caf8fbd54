import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { StreamSource } from '../upload/upload-source.ts'

/** A file to upload: read while it is sent, from its beginning at every try, so that memory does not grow with its size. */
export async function fileSource(path: string): Promise<StreamSource> {
  const { size } = await stat(path)
  return { sizeBytes: size, open: () => streamOf(path, size) }
}

function streamOf(path: string, sizeBytes: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  // What is appended meanwhile is not part of what was announced.
  const parts = createReadStream(path, sizeBytes === 0 ? {} : { end: sizeBytes - 1 })
  const reading = parts[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: async (controller) => {
      const { done, value } = await reading.next()
      if (done) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    cancel: () => {
      parts.destroy()
    },
  })
}
