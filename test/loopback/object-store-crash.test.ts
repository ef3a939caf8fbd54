import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, expect, test, vi } from 'vitest'
import { isExternal, noise, refusal, temporaryFolder, testClient } from './object-store-fixture.ts'
import { startStoreProcess } from './object-store-process.ts'

// Processes are started and hundreds of MiB moved on a machine that others use too: this is only the point of giving up.
vi.setConfig({ testTimeout: 120_000 })

const bucket = 'crash'
const at = (key: string) => ({ Bucket: bucket, Key: key })

describe.skipIf(isExternal)('kill -9', () => {
  test('in the middle of an upload leaves no object and no remains', async () => {
    const dataDir = await temporaryFolder()
    const first = await startStoreProcess(dataDir, bucket)
    try {
      const presigner = testClient(first.url, { requestChecksumCalculation: 'WHEN_REQUIRED' })
      const upload = httpRequest(await getSignedUrl(presigner, new PutObjectCommand(at('half'))), {
        method: 'PUT',
        headers: { 'content-length': 8_000_000 },
      })
      upload.on('error', () => undefined)
      upload.write(noise(4_000_000))
      const staging = join(dataDir, 'buckets', bucket, 'staging')
      await expect.poll(async () => (await readdir(staging)).length).toBe(1)
    } finally {
      await first.end('SIGKILL')
    }
    const second = await startStoreProcess(dataDir, bucket)
    try {
      expect(await refusal(testClient(second.url).send(new HeadObjectCommand(at('half'))))).toMatchObject({
        status: 404,
      })
      expect(await readdir(join(dataDir, 'buckets', bucket, 'staging'))).toEqual([])
    } finally {
      await second.end('SIGKILL')
    }
  })

  test('under load leaves every acknowledged put, and every object whole with the description that belongs to it', async () => {
    const dataDir = await temporaryFolder()
    const acknowledged = new Map<string, number>()
    const claimed = new Set<string>()
    for (let round = 0; round < 4; round++) {
      const store = await startStoreProcess(dataDir, bucket)
      const client = testClient(store.url)
      try {
        await expectAllWhole(client, acknowledged)
        for (const key of claimed) expect(await refusal(claim(client, key))).toMatchObject({ status: 412 })
        await writeUntilKilled(round, async (version) => {
          const key = `object-${version % 5}`
          await client.send(versioned(key, version))
          acknowledged.set(key, Math.max(version, acknowledged.get(key) ?? 0))
          await claim(client, `claim-${version}`)
          claimed.add(`claim-${version}`)
          if (claimed.size % 12 === 0) store.child.kill('SIGKILL')
        })
      } finally {
        await store.end('SIGKILL')
      }
    }
    expect(claimed.size).toBeGreaterThan(40)
    const last = await startStoreProcess(dataDir, bucket)
    try {
      await expectAllWhole(testClient(last.url), acknowledged)
    } finally {
      await last.end('SIGTERM')
    }
  })
})

/** One writer to each key, so that of its versions the last acknowledged one, or the one in flight, must be there. */
async function writeUntilKilled(round: number, write: (version: number) => Promise<void>): Promise<void> {
  const writers = [0, 1, 2, 3, 4].map(async (writer) => {
    for (let version = round * 10_000 + writer; ; version += 5) await write(version)
  })
  const outcomes = await Promise.allSettled(writers)
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
}

function versioned(key: string, version: number): PutObjectCommand {
  const Body = noise(200_000 + (version % 7) * 50_000, version + 1)
  return new PutObjectCommand({ ...at(key), Body, Metadata: { version: String(version), bytes: String(Body.length) } })
}

function claim(client: S3Client, key: string) {
  return client.send(new PutObjectCommand({ ...at(key), Body: 'mine', IfNoneMatch: '*' }))
}

async function expectAllWhole(client: S3Client, acknowledged: ReadonlyMap<string, number>): Promise<void> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'object-' }))
  expect(Contents.length).toBeGreaterThanOrEqual(acknowledged.size)
  for (const { Key = '' } of Contents) {
    const got = await client.send(new GetObjectCommand(at(Key)))
    const body = Buffer.from((await got.Body?.transformToByteArray()) ?? [])
    const version = Number(got.Metadata?.version)
    expect(version).toBeGreaterThanOrEqual(acknowledged.get(Key) ?? 0)
    expect(body.length).toBe(Number(got.Metadata?.bytes))
    expect(got.ETag).toBe(
      `"${createHash('md5')
        .update(noise(body.length, version + 1))
        .digest('hex')}"`,
    )
    expect(body.equals(noise(body.length, version + 1))).toBe(true)
  }
}

describe.skipIf(isExternal || process.platform !== 'linux')('memory', () => {
  test('does not grow with the size of an object, neither up nor down', async () => {
    const dataDir = await temporaryFolder()
    const store = await startStoreProcess(dataDir, bucket)
    const client = testClient(store.url)
    const pass = async (sizeBytes: number) => {
      const Body = Readable.from(blocks(sizeBytes))
      await client.send(new PutObjectCommand({ ...at('large'), Body, ContentLength: sizeBytes }))
      const got = await client.send(new GetObjectCommand(at('large')))
      let countBytes = 0
      if (!(got.Body instanceof Readable)) throw new Error('the SDK gave no Node stream')
      for await (const chunk of got.Body) countBytes += chunk.length
      expect(countBytes).toBe(sizeBytes)
    }
    try {
      // The first pass brings the heap to its working size: buffers are freed in bulk, some tens of MiB at a time.
      await pass(64 * 1024 * 1024)
      const before = await peakMemoryBytes(store.child.pid)
      await pass(256 * 1024 * 1024)
      expect((await peakMemoryBytes(store.child.pid)) - before).toBeLessThan(64 * 1024 * 1024)
    } finally {
      await store.end('SIGTERM')
    }
  })
})

async function peakMemoryBytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}

function* blocks(sizeBytes: number): Generator<Buffer> {
  const block = noise(256 * 1024)
  for (let at = 0; at < sizeBytes; at += block.length) yield block
}
