import { createHash } from 'node:crypto'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { Log } from '#chassis/log.ts'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { tagMetadataName, tagOf, tagText } from '#contracts/published/cache-tags.ts'
import { immutablePaths, keyOfPath } from '#contracts/published/document-paths.ts'
import type { PublishedThumbnail } from '#contracts/published/publication-document.ts'
import { pictureFormats } from '#contracts/published/variants.ts'
import { storeErrors } from '../fetch/store-errors.ts'
import type { MadeThumbnail } from './make-thumbnail.ts'

type Store = { readonly s3: S3Client; readonly bucket: string }
/** Where published documents lie; the standby is in another region. */
export type DocumentStores = { readonly primary: Store; readonly standby?: Store }
type Context = { readonly documents: DocumentStores; readonly log: Log }

/** 22 characters of base64url are 132 bits. */
const hashCharacters = 22

/**
 * Puts the pictures where visitors read them, under the hash of all of them. Throws Transient where the store is away. A standby that
 * is away holds up nothing: the log tells it, and the reconciler of published documents copies what it lacks.
 */
export async function putThumbnail(
  { files, colour }: MadeThumbnail,
  publicationId: string,
  { documents, log }: Context,
  signal: AbortSignal,
): Promise<PublishedThumbnail> {
  const largest = files.at(-1)
  if (!largest) throw new Error('A thumbnail without a size')
  const hash = hashOf(files)
  const puts = files.flatMap(({ widthPx, bytes }) =>
    pictureFormats.map(({ ending, type }) => ({
      Key: keyOfPath(immutablePaths.thumbnail(hash, widthPx) + ending),
      Body: bytes.get(ending),
      ContentType: type,
      CacheControl: cacheRules.immutable,
      Metadata: { [tagMetadataName]: tagText([tagOf.publication(publicationId)]) },
    })),
  )
  const putAll = async ({ s3, bucket }: Store): Promise<void> => {
    const sent = puts.map((put) => s3.send(new PutObjectCommand({ Bucket: bucket, ...put }), { abortSignal: signal }))
    await Promise.all(sent)
  }
  const [primary] = await Promise.allSettled([
    putAll(documents.primary),
    documents.standby &&
      putAll(documents.standby).catch((err: unknown) => log.warn({ err }, 'thumbnail_not_in_standby')),
  ])
  if (primary.status === 'rejected') throw storeErrors.translated(primary.reason, signal)
  return {
    ...{ width_px: largest.widthPx, height_px: largest.heightPx, colour },
    sources: files.map(({ widthPx }) => ({ width_px: widthPx, path: immutablePaths.thumbnail(hash, widthPx) })),
  }
}

/** Of every byte that is put: whoever has other ones writes elsewhere, whatever of another's picture he copied. */
function hashOf(files: MadeThumbnail['files']): string {
  const hash = createHash('sha256')
  for (const { widthPx, bytes } of files) {
    for (const { ending } of pictureFormats) {
      const body = bytes.get(ending) ?? Buffer.alloc(0)
      hash.update(`${widthPx}${ending} ${body.length}\n`).update(body)
    }
  }
  return hash.digest('base64url').slice(0, hashCharacters)
}
