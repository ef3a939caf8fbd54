import { type Static, Type } from 'typebox'
import { formats } from '../sniff/formats.ts'
import { mostZipPictures } from './most-zip-pictures.ts'

/** What an archive turned out to hold: pictures in reading order, each a file of its own in the job folder. */
export const ZipAnswer = Type.Union([
  Type.Object({
    kind: Type.Literal('unpacked'),
    files: Type.Array(
      Type.Object({
        file: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,60}$' }),
        name: Type.String({ maxLength: 200, description: 'as in the archive, for findings' }),
        format: Type.Enum(formats),
        sizeBytes: Type.Integer({ minimum: 1 }),
      }),
      { minItems: 1, maxItems: mostZipPictures },
    ),
  }),
  Type.Object({
    kind: Type.Literal('unreadable'),
    code: Type.Enum([
      'PASSWORD_REQUIRED',
      'CORRUPT_UNRECOVERABLE',
      'EMPTY_DOCUMENT',
      'TOO_LARGE',
      'UNSUPPORTED_FORMAT',
    ]),
    detail: Type.String({ maxLength: 250 }),
  }),
])
export type ZipAnswer = Static<typeof ZipAnswer>
export type ZipRefusal = Extract<ZipAnswer, { kind: 'unreadable' }>
