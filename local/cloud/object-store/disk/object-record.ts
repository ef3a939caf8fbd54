import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { checksumAlgorithms } from '../body/checksum.ts'

const checksumSchema = Type.Object({
  algorithm: Type.Enum([...checksumAlgorithms]),
  value: Type.String(),
  type: Type.Enum(['FULL_OBJECT', 'COMPOSITE']),
})

/** Everything about an object but its bytes. Kept in the same file as them, so that neither exists without the other. */
export const objectRecordSchema = Type.Object({
  key: Type.String(),
  sizeBytes: Type.Integer({ minimum: 0 }),
  /** Without quotes. */
  etag: Type.String(),
  lastModified: Type.String(),
  /** content-type and the other headers that a GET repeats. */
  headers: Type.Record(Type.String(), Type.String()),
  /** User metadata by name, without `x-amz-meta-`. */
  metadata: Type.Record(Type.String(), Type.String()),
  tags: Type.Record(Type.String(), Type.String()),
  checksum: Type.Optional(checksumSchema),
  /** The multipart upload that made the object, so that a repeated Complete finds its answer. */
  uploadId: Type.Optional(Type.String()),
})

export type ObjectRecord = Readonly<Static<typeof objectRecordSchema>>
export type ObjectChecksum = Readonly<Static<typeof checksumSchema>>

const compiled = Compile(objectRecordSchema)

/** Throws when the text is not a record that this store wrote. */
export function parseObjectRecord(json: string): ObjectRecord {
  return compiled.Parse(JSON.parse(json))
}
