import { NoSuchKey, PutObjectTaggingCommand, type S3Client } from '@aws-sdk/client-s3'
import { Transient } from '#chassis/errors.ts'
import type { OrderWorkerEnvironment } from '#contracts/environment.ts'
import { expiryTag } from '#contracts/retention.ts'

/** Where files of orders lie. order-api has no right to delete there: it says what is due, and the store's own lifecycle takes it away. */
export type ExpiringStore = {
  readonly s3: Pick<S3Client, 'send'>
  readonly sourcesBucket: string
  readonly printFilesBucket: string
}

/** The store of a worker. */
export const expiringStoreOf = (
  { SOURCES_BUCKET, PRINT_FILES_BUCKET }: Pick<OrderWorkerEnvironment, 'SOURCES_BUCKET' | 'PRINT_FILES_BUCKET'>,
  s3: S3Client,
): ExpiringStore => ({ s3, sourcesBucket: SOURCES_BUCKET, printFilesBucket: PRINT_FILES_BUCKET })

type ObjectKey = { readonly bucket: string; readonly key: string }

const atOnce = 8

/** Puts the tag of what is due on objects. Twice is as good as once, and one that is gone already is no fault. Throws Transient. */
export async function tagDue({ s3 }: ExpiringStore, objects: readonly ObjectKey[]): Promise<void> {
  const left = objects.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const object of left) await tag(s3, object)
    }),
  )
}

async function tag(s3: ExpiringStore['s3'], { bucket, key }: ObjectKey): Promise<void> {
  const Tagging = { TagSet: [{ Key: expiryTag.key, Value: expiryTag.value }] }
  try {
    await s3.send(new PutObjectTaggingCommand({ Bucket: bucket, Key: key, Tagging }))
  } catch (error) {
    if (error instanceof NoSuchKey || (error instanceof Error && error.name === 'NoSuchKey')) return
    throw new Transient(`The storage of ${bucket} does not answer`, { cause: error })
  }
}
