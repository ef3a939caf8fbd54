import {
  DeleteObjectCommand,
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { tagMetadataName } from '#contracts/published/cache-tags.ts'
import { keyOfPath } from '#contracts/published/document-paths.ts'

/** A bucket that documents are read from: the first one, or the one in another region that serves when the first is away. */
export type DocumentStore = {
  readonly name: 'primary' | 'standby'
  readonly s3: Pick<S3Client, 'send'>
  readonly bucket: string
}

/** One packing of a document, as it lies in a store. */
export type PackedObject = {
  readonly path: string
  readonly body: Uint8Array
  readonly contentType: string
  readonly contentEncoding?: string | undefined
  readonly cacheControl: string
  readonly tagText: string
}

/** What must lie there for a write to be done: an object with that ETag; undefined: none. */
export type Replaced = string | undefined

/** The ETag of what was put; undefined when something else lay there than `replaced`: then nothing was done. */
export async function putObject(
  { s3, bucket }: DocumentStore,
  object: PackedObject,
  replaced: Replaced,
  signal: AbortSignal,
): Promise<string | undefined> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: keyOfPath(object.path),
    Body: object.body,
    ContentType: object.contentType,
    ...(object.contentEncoding === undefined ? {} : { ContentEncoding: object.contentEncoding }),
    CacheControl: object.cacheControl,
    Metadata: { [tagMetadataName]: object.tagText },
    ...(replaced === undefined ? { IfNoneMatch: '*' } : { IfMatch: replaced }),
  })
  try {
    const { ETag } = await s3.send(command, { abortSignal: signal })
    if (ETag === undefined) throw new Error(`${bucket} took a document and gave no ETag`)
    return ETag
  } catch (error) {
    if (isElse(error)) return undefined
    throw error
  }
}

/** Whether nothing lies there now; false when something else lay there than `replaced`. */
export async function deleteObject(
  { s3, bucket }: DocumentStore,
  path: string,
  replaced: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOfPath(path), IfMatch: replaced }), {
      abortSignal: signal,
    })
    return true
  } catch (error) {
    if (isStatus(error, 404)) return true
    if (isElse(error)) return false
    throw error
  }
}

/** The ETag of what lies there; undefined when nothing does. */
export const etagOf = async (store: DocumentStore, path: string, signal: AbortSignal): Promise<string | undefined> =>
  (await lookAt(store, path, signal))?.etag

export type LyingObject = { readonly etag: string; readonly modifiedAt: Date }

/** What lies there; undefined when nothing does. */
export async function lookAt(
  { s3, bucket }: DocumentStore,
  path: string,
  signal: AbortSignal,
): Promise<LyingObject | undefined> {
  try {
    const command = new HeadObjectCommand({ Bucket: bucket, Key: keyOfPath(path) })
    const { ETag, LastModified } = await s3.send(command, { abortSignal: signal })
    if (ETag === undefined || LastModified === undefined) throw new Error(`${bucket} tells nothing of ${path}`)
    return { etag: ETag, modifiedAt: LastModified }
  } catch (error) {
    if (error instanceof NotFound || isStatus(error, 404)) return undefined
    throw error
  }
}

/** Another object, none (404 for If-Match), or one that is being written at this moment (409). */
const isElse = (error: unknown): boolean => isStatus(error, 412, 404, 409)

const isStatus = (error: unknown, ...statuses: readonly number[]): boolean =>
  error instanceof S3ServiceException && statuses.includes(error.$metadata.httpStatusCode ?? 0)
