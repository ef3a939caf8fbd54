import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { Transient } from '#chassis/errors.ts'
import { parse } from '#contracts/parse.ts'

/** What a facility took: one file a job, for ever. Order and item are absent where an older print client claimed it. */
export type ClaimFound = {
  readonly facilityId: string
  readonly jobId: string
  readonly orderId?: string
  readonly itemId?: string
  readonly claimedAt: string
}

export type ClaimPlace = { readonly s3: Pick<S3Client, 'send'>; readonly bucket: string }

const ClaimFile = Type.Object({
  claimedAt: Type.String(),
  orderId: Type.Optional(Type.String()),
  itemId: Type.Optional(Type.String()),
})
const folder = 'claims/'
const atOnce = 16

/** Every claim that was put at or after `since`, of all facilities, oldest first. Throws Transient when the store does not answer. */
export async function readClaims(place: ClaimPlace, since: Date): Promise<ClaimFound[]> {
  const keys = (await listKeys(place, since)).values()
  const claims: ClaimFound[] = []
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const key of keys) claims.push(...(await readClaim(place, key)))
    }),
  )
  return claims.sort((a, b) => (a.claimedAt < b.claimedAt ? -1 : 1))
}

async function listKeys({ s3, bucket }: ClaimPlace, since: Date): Promise<string[]> {
  const keys: string[] = []
  let after: string | undefined
  do {
    const wanted = { Bucket: bucket, Prefix: folder, ...(after === undefined ? {} : { ContinuationToken: after }) }
    const page = await s3.send(new ListObjectsV2Command(wanted)).catch(unanswered)
    for (const { Key, LastModified } of page.Contents ?? []) {
      if (Key !== undefined && (LastModified === undefined || LastModified >= since)) keys.push(Key)
    }
    after = page.NextContinuationToken
  } while (after !== undefined)
  return keys
}

async function readClaim({ s3, bucket }: ClaimPlace, key: string): Promise<ClaimFound[]> {
  const [facilityId, jobId, ...more] = key.slice(folder.length).split('/')
  if (!facilityId || !jobId || more.length > 0) return []
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch(unanswered)
  const { claimedAt, orderId, itemId } = parse('claim', ClaimFile, JSON.parse((await Body?.transformToString()) ?? ''))
  return [{ facilityId, jobId, claimedAt, ...(orderId && itemId ? { orderId, itemId } : {}) }]
}

function unanswered(cause: unknown): never {
  throw new Transient('The bucket with the claims does not answer', { cause })
}
