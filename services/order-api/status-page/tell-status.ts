import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { Database } from '#chassis/database.ts'
import { Transient } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { tagMetadataName, tagOf, tagText } from '#contracts/published/cache-tags.ts'
import { documentPaths, keyOfPath } from '#contracts/published/document-paths.ts'
import { statusOf } from './judge.ts'
import { readSignals, type Signals } from './read-signals.ts'

/** Less than the pause between two: a store that hangs makes the other one no older. */
const putWithinMilliseconds = 10_000

/** A bucket that visitors read from. */
export type Place = { readonly s3: Pick<S3Client, 'send'>; readonly bucket: string }

export type Telling = {
  readonly database: Database
  readonly places: readonly Place[]
  readonly log: Log
  readonly now: () => Date
}

/**
 * Writes how the platform is to every bucket, each by itself: the one that is away holds up no other. It is told and not edited, so that
 * there is no outbox: whoever writes last is right. Safe to run anywhere, twice.
 */
export async function tellStatus({ database, places, log, now }: Telling): Promise<void> {
  const status = statusOf(await signalsOf(database, now()), now())
  const text = JSON.stringify(status)
  if (status.condition !== 'working') log.warn({ condition: status.condition, parts: status.parts }, 'status_told')
  await Promise.all(
    places.map(({ s3, bucket }) =>
      s3
        .send(putOf(bucket, text), { abortSignal: AbortSignal.timeout(putWithinMilliseconds) })
        .catch((error: unknown) => {
          log.warn({ err: error, bucket }, 'status_not_told')
        }),
    ),
  )
}

async function signalsOf(database: Database, now: Date): Promise<Signals | undefined> {
  try {
    return await readSignals(database, now)
  } catch (error) {
    if (error instanceof Transient) return undefined
    throw error
  }
}

const putOf = (bucket: string, text: string): PutObjectCommand =>
  new PutObjectCommand({
    Bucket: bucket,
    Key: keyOfPath(documentPaths.status),
    Body: text,
    ContentType: 'application/json; charset=utf-8',
    CacheControl: cacheRules.status,
    Metadata: { [tagMetadataName]: tagText([tagOf.status('platform')]) },
  })
