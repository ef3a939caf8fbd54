import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { Parse } from 'typebox/value'
import { checksumAlgorithms } from '../body/checksum.ts'
import { S3Error } from '../protocol/errors.ts'
import type { Bucket } from './bucket.ts'
import type { ObjectRecord } from './object-record.ts'
import { type OpenObject, openObject } from './open-object.ts'
import { StagedFile } from './staged-file.ts'

const uploadSchema = Type.Object({
  key: Type.String(),
  initiatedAt: Type.String(),
  headers: Type.Record(Type.String(), Type.String()),
  metadata: Type.Record(Type.String(), Type.String()),
  tags: Type.Record(Type.String(), Type.String()),
  checksumAlgorithm: Type.Optional(Type.Enum([...checksumAlgorithms])),
  checksumType: Type.Enum(['COMPOSITE', 'FULL_OBJECT']),
})

/** A multipart upload that is neither completed nor aborted. */
export type Upload = Readonly<Static<typeof uploadSchema>>

/** Starts an upload: a folder that appears as a whole. Returns its id. */
export async function startUpload(bucket: Bucket, upload: Upload): Promise<string> {
  const id = randomBytes(16).toString('hex')
  const staged = join(bucket.staging, id)
  await mkdir(staged)
  await writeFile(join(staged, 'upload.json'), JSON.stringify(upload), { flush: true })
  await rename(staged, folderOf(bucket, id))
  return id
}

/** Throws S3Error NoSuchUpload for an id that is not one of this key's. */
export async function readUpload(bucket: Bucket, id: string, key: string): Promise<Upload> {
  const upload = await ifPresent(async () => {
    return Parse(uploadSchema, JSON.parse(await readFile(join(folderOf(bucket, id), 'upload.json'), 'utf8')))
  })
  if (upload?.key !== key) throw noSuchUpload(id)
  return upload
}

/** Every upload of a bucket, for the lifecycle. */
export async function readUploads(bucket: Bucket): Promise<{ readonly id: string; readonly upload: Upload }[]> {
  const uploads = []
  for (const id of await readdir(join(bucket.folder, 'uploads'))) {
    const json = await ifPresent(() => readFile(join(folderOf(bucket, id), 'upload.json'), 'utf8'))
    if (json !== undefined) uploads.push({ id, upload: Parse(uploadSchema, JSON.parse(json)) })
  }
  return uploads
}

/** Stores a part in place of an earlier one of that number. Throws S3Error NoSuchUpload when the upload ended meanwhile. */
export async function storePart(
  bucket: Bucket,
  part: { readonly uploadId: string; readonly number: number; readonly body: AsyncIterable<Buffer> },
  describe: (sizeBytes: number) => ObjectRecord,
): Promise<ObjectRecord> {
  const staged = await StagedFile.write(bucket.staging, part.body)
  try {
    const record = describe(staged.sizeBytes)
    await staged.seal(record)
    const moved = await ifPresent(async () => {
      await rename(staged.path, partPath(bucket, part.uploadId, part.number))
      return true
    })
    if (!moved) throw noSuchUpload(part.uploadId)
    return record
  } catch (error) {
    await staged.discard()
    throw error
  }
}

/** Undefined when that part was never uploaded; the caller closes it. */
export async function openPart(bucket: Bucket, uploadId: string, number: number): Promise<OpenObject | undefined> {
  return openObject(partPath(bucket, uploadId, number))
}

/** The numbers of the parts that are there, ascending. */
export async function partNumbers(bucket: Bucket, uploadId: string): Promise<number[]> {
  const names = await readdir(folderOf(bucket, uploadId))
  return names
    .flatMap((name) => (name.startsWith('part-') ? [Number(name.slice('part-'.length))] : []))
    .sort((a, b) => a - b)
}

/** Ends an upload in one step; its parts are removed after that. */
export async function endUpload(bucket: Bucket, uploadId: string): Promise<void> {
  const ended = join(bucket.staging, `${uploadId}-ended`)
  const moved = await ifPresent(async () => {
    await rename(folderOf(bucket, uploadId), ended)
    return true
  })
  if (!moved) throw noSuchUpload(uploadId)
  await rm(ended, { recursive: true })
}

export function noSuchUpload(id: string): S3Error {
  return new S3Error('NoSuchUpload', { elements: { UploadId: id } })
}

function partPath(bucket: Bucket, uploadId: string, number: number): string {
  return join(folderOf(bucket, uploadId), `part-${String(number).padStart(5, '0')}`)
}

/** An id comes from a request, so nothing but an id of ours may become a path. */
function folderOf(bucket: Bucket, id: string): string {
  if (!/^[0-9a-f]{32}$/.test(id)) throw noSuchUpload(id)
  return join(bucket.folder, 'uploads', id)
}

async function ifPresent<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
