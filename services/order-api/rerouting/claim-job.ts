import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { Transient } from '#chassis/errors.ts'
import { parse } from '#contracts/parse.ts'

export type ClaimPlace = { readonly s3: Pick<S3Client, 'send'>; readonly bucket: string }
export type ClaimedJob = {
  readonly facilityId: string
  readonly jobId: string
  readonly orderId: string
  readonly itemId: string
}

/** As print clients name themselves in theirs. */
const clientId = 'order-api'
const ClaimFile = Type.Object({ clientId: Type.String() })

/**
 * Claims a job for nobody, by the rule by which print clients claim it: a put that succeeds only where no claim is. `ours`: no client will
 * ever print it. `theirs`: one has it. The same answer whenever it is asked again, whoever of us put the claim. Throws Transient when the
 * store does not answer.
 */
export async function claimJob({ s3, bucket }: ClaimPlace, job: ClaimedJob, at: Date): Promise<'ours' | 'theirs'> {
  const object = { Bucket: bucket, Key: keyOf(job) }
  try {
    await s3.send(new PutObjectCommand({ ...object, ...claimOf(job, at), IfNoneMatch: '*' }))
    return 'ours'
  } catch (cause) {
    if (!isTaken(cause)) throw new Transient('The claim could not be put', { cause })
  }
  return (await holderOf(s3, object)) === clientId ? 'ours' : 'theirs'
}

/**
 * Takes the claim of a job from the client that gave the job up, once another facility makes it: should a person release it there, before
 * the wish to end it has come, that client asks for its claim first. May run twice. Throws Transient when the store does not answer.
 */
export async function seizeClaim({ s3, bucket }: ClaimPlace, job: ClaimedJob, at: Date): Promise<void> {
  try {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: keyOf(job), ...claimOf(job, at) }))
  } catch (cause) {
    throw new Transient('The claim could not be put', { cause })
  }
}

const keyOf = ({ facilityId, jobId }: ClaimedJob): string => `claims/${facilityId}/${jobId}`

const claimOf = ({ orderId, itemId }: ClaimedJob, at: Date) => ({
  Body: JSON.stringify({ clientId, nonce: clientId, claimedAt: at.toISOString(), orderId, itemId }),
  ContentType: 'application/json',
})

async function holderOf(s3: ClaimPlace['s3'], object: { readonly Bucket: string; readonly Key: string }) {
  try {
    const { Body } = await s3.send(new GetObjectCommand(object))
    return parse('claim', ClaimFile, JSON.parse((await Body?.transformToString()) ?? '')).clientId
  } catch (cause) {
    throw new Transient('The claim could not be read', { cause })
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412
