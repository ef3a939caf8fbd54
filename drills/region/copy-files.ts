import { setTimeout as wait } from 'node:timers/promises'
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { buckets } from '../../local/platform/cloud-environment.ts'
import type { DrillPlatform } from '../world/drill-platform.ts'

const copied = [buckets.sources, buckets.printFiles]
const claims = 'claims/'
const pauseMilliseconds = 300

type Way = { readonly from: DrillPlatform; readonly to: DrillPlatform; readonly withClaims: boolean }

/** Copies what is not there yet, as S3's replication or `aws s3 sync` does. */
export async function copyFiles({ from, to, withClaims }: Way, done: Set<string> = new Set()): Promise<void> {
  for (const Bucket of copied) {
    const { Contents = [] } = await from.s3.send(new ListObjectsV2Command({ Bucket }))
    for (const { Key = '' } of Contents) {
      if (done.has(`${Bucket}/${Key}`) || (!withClaims && Key.startsWith(claims))) continue
      const { Body, ContentType } = await from.s3.send(new GetObjectCommand({ Bucket, Key }))
      const bytes = await Body?.transformToByteArray()
      await to.s3.send(new PutObjectCommand({ Bucket, Key, Body: bytes, ContentType }))
      done.add(`${Bucket}/${Key}`)
    }
  }
}

/**
 * Goes on copying until it is stopped or the first region is gone. No claim comes over: the worst that a replication which is behind
 * can do.
 */
export function keepCopying(from: DrillPlatform, to: DrillPlatform): { readonly stop: () => Promise<void> } {
  let isOver = false
  const done = new Set<string>()
  const copying = (async () => {
    while (!isOver) {
      await copyFiles({ from, to, withClaims: false }, done).catch(() => undefined)
      await wait(pauseMilliseconds)
    }
  })()
  return {
    stop: async () => {
      isOver = true
      await copying
    },
  }
}
