import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { Transient } from '#chassis/errors.ts'
import { parse } from '#contracts/parse.ts'

const ClaimBody = Type.Object({ clientId: Type.String(), nonce: Type.String(), claimedAt: Type.String() })

/** Order and item are written into the claim for whoever compares claims with a restored database. */
export type Claim = {
  readonly facilityId: string
  readonly jobId: string
  readonly orderId: string
  readonly itemId: string
  readonly clientId: string
  readonly nonce: string
  readonly at: Date
}

export type ClaimStore = { readonly s3: Pick<S3Client, 'send'>; readonly bucket: string; readonly signal: AbortSignal }

/**
 * `ours`: this client prints the job. `elsewhere`: another client of the facility does.
 * `ours_unknown`: this installation claimed it earlier under a nonce that its journal does not hold.
 */
export type ClaimOutcome = 'ours' | 'elsewhere' | 'ours_unknown'

/**
 * Claims a job for ever: a put that succeeds only where no claim is. Repeating it after a crash or a lost reply gives the
 * same answer, because the claim names its nonce. Throws Transient when the store does not answer.
 */
export async function claimJob(store: ClaimStore, claim: Claim): Promise<ClaimOutcome> {
  const { s3, bucket, signal } = store
  const { clientId, nonce, at, orderId, itemId } = claim
  const object = { Bucket: bucket, Key: `claims/${claim.facilityId}/${claim.jobId}` }
  const body = JSON.stringify({ clientId, nonce, claimedAt: at.toISOString(), orderId, itemId })
  try {
    await s3.send(new PutObjectCommand({ ...object, Body: body, ContentType: 'application/json', IfNoneMatch: '*' }), {
      abortSignal: signal,
    })
    return 'ours'
  } catch (cause) {
    if (!isTaken(cause)) throw new Transient('The claim could not be put', { cause })
  }
  const holder = await readClaim(store, object)
  if (holder.nonce === nonce) return 'ours'
  return holder.clientId === clientId ? 'ours_unknown' : 'elsewhere'
}

async function readClaim({ s3, signal }: ClaimStore, object: { readonly Bucket: string; readonly Key: string }) {
  let text: string
  try {
    const { Body } = await s3.send(new GetObjectCommand(object), { abortSignal: signal })
    text = (await Body?.transformToString()) ?? ''
  } catch (cause) {
    throw new Transient('The claim could not be read', { cause })
  }
  return parse('claim', ClaimBody, JSON.parse(text))
}

const isTaken = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412
