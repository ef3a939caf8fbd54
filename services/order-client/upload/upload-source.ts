import { PrintcloudError } from '../printcloud-error.ts'

/** What can be uploaded. */
export type UploadSource = Uint8Array<ArrayBuffer> | ArrayBuffer | Blob | StreamSource

/** A stream is read once, so that a failed try cannot be repeated; its size must be said. */
export type ReadOnce = ReadableStream<Uint8Array<ArrayBuffer>>

/** Something that can be read from its beginning as often as needed; its size is known before. */
export type StreamSource = {
  readonly sizeBytes: number
  readonly open: () => ReadableStream<Uint8Array<ArrayBuffer>>
}

/** What can be uploaded from what was given. Throws `upload_failed` for a stream without a size, and when it is read again. */
export function sourceOf(given: UploadSource | ReadOnce, sizeBytes: number | undefined): UploadSource {
  if (!(given instanceof ReadableStream)) return given
  if (sizeBytes === undefined) throw unusable('The size of a stream must be given as sizeBytes.')
  let isRead = false
  return {
    sizeBytes,
    open: () => {
      if (isRead) throw unusable('The stream is read already; give {sizeBytes, open} to have failed tries repeated.')
      isRead = true
      return given
    },
  }
}

const unusable = (detail: string): PrintcloudError =>
  new PrintcloudError({ code: 'upload_failed', title: 'The file could not be uploaded', detail, isRetryable: false })

export function sizeOf(source: UploadSource): number {
  if (source instanceof Blob) return source.size
  return 'sizeBytes' in source ? source.sizeBytes : source.byteLength
}

/** The bytes from their beginning. */
export function opened(source: UploadSource): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (source instanceof Blob) return source.stream()
  if ('open' in source) return source.open()
  return new Blob([source]).stream()
}

/** As a body whose size the runtime knows; a stream is collected for that (a browser keeps large ones on disk). */
export async function whole(source: UploadSource): Promise<Blob> {
  if (source instanceof Blob) return source
  return 'open' in source ? await new Response(source.open()).blob() : new Blob([source])
}

const typesByEnding: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
  heic: 'image/heic',
  heif: 'image/heif',
  zip: 'application/zip',
}

/** By the end of the name, else what the blob says of itself; the API looks at the bytes anyway. */
export function contentTypeOf(filename: string, source: UploadSource): string {
  const ending = /\.([a-z]+)$/i.exec(filename)?.[1]?.toLowerCase() ?? ''
  return typesByEnding[ending] ?? (source instanceof Blob ? source.type : '')
}
