import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'

const strict = { additionalProperties: false } as const

/** One object in one put; S3 takes no more. */
export const largestFileBytes = 5_000_000_000

/** Body of POST /v1/files. */
export const FileRequest = Type.Object(
  {
    filename: Type.String({ minLength: 1, maxLength: 255 }),
    content_type: Type.Enum(
      [
        'application/pdf',
        'image/jpeg',
        'image/png',
        'image/tiff',
        'image/webp',
        'image/avif',
        'image/gif',
        'image/heic',
        'image/heif',
        'application/zip',
      ],
      { description: 'what the file is, a ZIP being one of pictures; the bytes are checked later' },
    ),
    size_bytes: Type.Integer({ minimum: 1, maximum: largestFileBytes }),
    sha256: Type.Optional(
      Type.String({
        pattern: '^[0-9a-f]{64}$',
        description: 'the SHA-256 of the whole file, 64 hex digits in lower case',
      }),
    ),
  },
  strict,
)
export type FileRequest = Static<typeof FileRequest>

/** A file known to us. `upload` is there until the bytes have arrived, for keys with files:write. */
export const File = Type.Object(
  {
    id: Id('file'),
    object: Type.Literal('file'),
    filename: Type.String(),
    content_type: Type.String(),
    size_bytes: Type.Integer(),
    sha256: Type.Optional(Type.String()),
    status: Type.Enum(['awaiting_upload', 'uploaded', 'expired'], {
      description: 'expired: the orders that it was for have ended, and it is gone; upload it again to order it again',
    }),
    upload: Type.Optional(
      Type.Object({
        method: Type.Literal('PUT'),
        url: Type.String({ description: 'send the bytes here, with exactly these headers' }),
        headers: Type.Record(Type.String(), Type.String()),
      }),
    ),
    expires_at: Type.Optional(Type.String({ description: 'when `upload` ends' })),
    created_at: Type.String(),
  },
  strict,
)
export type File = Static<typeof File>
