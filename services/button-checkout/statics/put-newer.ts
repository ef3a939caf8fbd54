import { HeadObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { Transient } from '#chassis/errors.ts'
import { type ButtonObject, sha256Name, versionName } from './button-objects.ts'
import { isOlder } from './is-older.ts'

/** A bucket that the button is read from. */
export type ButtonStore = { readonly s3: Pick<S3Client, 'send'>; readonly bucket: string }

/** kept: a newer button, or the very same, lies there. */
export type PutOutcome = 'put' | 'kept'

const mostTries = 5

/**
 * Puts an object unless a newer button lies there. Any number of workers of several releases may do this at once: each put says what it replaces,
 * and who comes second looks again. Throws Transient when there is no end to that.
 */
export async function putNewer(
  { s3, bucket }: ButtonStore,
  object: ButtonObject,
  signal: AbortSignal,
): Promise<PutOutcome> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const lying = await lookAt({ s3, bucket }, object.Key, signal)
    if (lying?.sha256 === object.Metadata[sha256Name]) return 'kept'
    if (lying && isOlder(object.Metadata[versionName], lying.version)) return 'kept'
    const condition = lying ? { IfMatch: lying.etag } : { IfNoneMatch: '*' }
    const command = new PutObjectCommand({ Bucket: bucket, ...object, Metadata: { ...object.Metadata }, ...condition })
    if (await isTaken(() => s3.send(command, { abortSignal: signal }))) return 'put'
  }
  throw new Transient(`${bucket} did not take ${object.Key}: others write it all the time`)
}

/** Puts an object where nothing lies yet; what lies there stays, whatever it is. */
export async function putOnce(
  { s3, bucket }: ButtonStore,
  object: ButtonObject,
  signal: AbortSignal,
): Promise<PutOutcome> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    ...object,
    Metadata: { ...object.Metadata },
    IfNoneMatch: '*',
  })
  return (await isTaken(() => s3.send(command, { abortSignal: signal }))) ? 'put' : 'kept'
}

type Lying = { readonly etag: string; readonly version: string | undefined; readonly sha256: string | undefined }

/** What lies there; undefined when nothing does. */
export async function lookAt(
  { s3, bucket }: ButtonStore,
  key: string,
  signal: AbortSignal,
): Promise<Lying | undefined> {
  try {
    const command = new HeadObjectCommand({ Bucket: bucket, Key: key })
    const { ETag = '', Metadata = {} } = await s3.send(command, { abortSignal: signal })
    return { etag: ETag, version: Metadata[versionName], sha256: Metadata[sha256Name] }
  } catch (error) {
    if (isStatus(error, 404)) return undefined
    throw error
  }
}

/** False when something else lies there than was said, or is being written at this moment. */
async function isTaken(put: () => Promise<unknown>): Promise<boolean> {
  try {
    await put()
    return true
  } catch (error) {
    if (isStatus(error, 412, 404, 409)) return false
    throw error
  }
}

const isStatus = (error: unknown, ...statuses: readonly number[]): boolean =>
  error instanceof S3ServiceException && statuses.includes(error.$metadata.httpStatusCode ?? 0)
