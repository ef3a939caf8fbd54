import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { Log } from '#chassis/log.ts'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { tagMetadataName, tagOf, tagText } from '#contracts/published/cache-tags.ts'
import { documentPaths, keyOfPath } from '#contracts/published/document-paths.ts'
import type { ButtonStore } from '../statics/put-newer.ts'
import { statusOf } from './judge.ts'
import { readSignals, type Watching } from './read-signals.ts'

/** Less than the pause between two: a store that hangs makes the other one no older. */
const putWithinMilliseconds = 10_000

export type Telling = Watching & { readonly places: readonly ButtonStore[]; readonly log: Log }

/** Writes how the checkout is to every bucket, each by itself. Whoever writes last is right: safe to run anywhere, twice. */
export async function tellStatus({ places, log, ...watching }: Telling): Promise<void> {
  const status = statusOf(await readSignals(watching), watching.now())
  const { condition, parts } = status
  if (condition !== 'working') log.warn({ condition, parts }, 'status_told')
  const put = { abortSignal: AbortSignal.timeout(putWithinMilliseconds) }
  await Promise.all(
    places.map(async ({ s3, bucket }) => {
      try {
        await s3.send(putOf(bucket, JSON.stringify(status)), put)
      } catch (error) {
        log.warn({ err: error, bucket }, 'status_not_told')
      }
    }),
  )
}

const putOf = (bucket: string, text: string): PutObjectCommand =>
  new PutObjectCommand({
    Bucket: bucket,
    Key: keyOfPath(documentPaths.checkoutStatus),
    Body: text,
    ContentType: 'application/json; charset=utf-8',
    CacheControl: cacheRules.status,
    Metadata: { [tagMetadataName]: tagText([tagOf.status('checkout')]) },
  })
