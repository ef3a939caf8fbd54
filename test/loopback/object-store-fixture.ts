import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, S3Client, type S3ClientConfig, S3ServiceException } from '@aws-sdk/client-s3'
import { afterAll, expect } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { startObjectStore } from '../../local/cloud/object-store/start.ts'

/**
 * Another S3 to hold these tests against, for instance `http://127.0.0.1:9000`, with its keys in AWS_ACCESS_KEY_ID and
 * AWS_SECRET_ACCESS_KEY. Tests of our own process (clock, disk, kill) are skipped then, and those named in PRINTCLOUD_TEST_SKIP.
 */
const externalEndpoint = process.env.PRINTCLOUD_TEST_ENDPOINT
const skipped = (process.env.PRINTCLOUD_TEST_SKIP ?? '').split(',')

export const isExternal = externalEndpoint !== undefined

export const credentials = isExternal
  ? { accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '' }
  : { accessKeyId: 'TESTKEY', secretAccessKey: 'test-secret' }

/** True when the endpoint under test was said not to have this capability. */
export function lacks(capability: string): boolean {
  return skipped.includes(capability)
}

export type TestStore = {
  readonly url: string
  readonly bucket: string
  readonly client: S3Client
  /** Empty for an external endpoint. */
  readonly dataDir: string
}

/** A store with one empty bucket, gone after the tests of the file. */
export async function testStore(
  options: { readonly allowedOrigins?: readonly string[]; readonly now?: () => Date } = {},
): Promise<TestStore> {
  const bucket = `test-${randomUUID()}`
  if (externalEndpoint !== undefined) {
    const client = testClient(externalEndpoint)
    await client.send(new CreateBucketCommand({ Bucket: bucket }))
    return { url: externalEndpoint, bucket, client, dataDir: '' }
  }
  const dataDir = await temporaryFolder()
  const log = createLog('object-store', 'silent')
  const store = await startObjectStore({ port: 0, dataDir, ...credentials, buckets: [bucket], log, ...options })
  const client = testClient(store.url)
  afterAll(async () => {
    client.destroy()
    await store.close()
  })
  return { url: store.url, bucket, client, dataDir }
}

/** The unmodified SDK client, with nothing but the endpoint changed. */
export function testClient(endpoint: string, config: S3ClientConfig = {}): S3Client {
  return new S3Client({
    endpoint,
    region: 'eu-central-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials,
    ...config,
  })
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'object-store-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The name and status of the S3 error that a call ends in; fails when it ends well. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ readonly name: string; readonly status: number | undefined }> {
  const error: unknown = await call.then(
    () => expect.fail('the call was expected to be refused'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof S3ServiceException)) throw error
  return { name: error.name, status: error.$metadata.httpStatusCode }
}

/** Repeatable bytes that no compression or block pattern can hide behind. */
export function noise(sizeBytes: number, seed = 1): Buffer<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(sizeBytes / 4))
  let state = seed
  for (let i = 0; i < words.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    words[i] = state
  }
  return Buffer.from(words.buffer, 0, sizeBytes)
}
