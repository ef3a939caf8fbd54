import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { startObjectStore } from '../../local/cloud/object-store/start.ts'
import { type Button, putButton } from '../../services/button-checkout/statics/publish-button.ts'

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret' }
const log = createLog('checkout-worker', 'silent')
const { signal } = new AbortController()
let folder: string
let store: Awaited<ReturnType<typeof startObjectStore>>
let s3: S3Client
let round = 0
let buckets: readonly string[] = []
let dropped: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'printcloud-button-published-'))
  const all = Array.from({ length: 8 }, (_, index) => [`documents-${index}`, `standby-${index}`]).flat()
  store = await startObjectStore({ port: 0, dataDir: folder, ...credentials, buckets: all, log })
  s3 = new S3Client({ region: 'eu-west-1', credentials, endpoint: store.url, forcePathStyle: true })
})
afterAll(async () => {
  s3?.destroy()
  await store?.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  buckets = [`documents-${round}`, `standby-${round}`]
  round += 1
  dropped = []
})

const button = (version: string, text = `/* ${version} */`): Button => ({
  built: `const checkout = "{checkout}"${text}`,
  version,
  checkoutUrl: 'https://checkout.example.com',
  stores: buckets.map((bucket) => ({ s3, bucket })),
  purge: async (tags) => void dropped.push(...tags),
  log,
})

async function lying(key: string, bucket = buckets[0]) {
  const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: `public/v1/button/${key}` }))
  return { ...answer, text: await answer.Body?.transformToString() }
}

test('the button lies in both buckets with the checkout’s address in it, packed and unpacked, and the one before is dropped', async () => {
  await putButton(button('1.0.0'), signal)
  for (const bucket of buckets) {
    const { text, ContentType, CacheControl, Metadata } = await lying('button.js', bucket)
    expect(text).toContain('"https://checkout.example.com"')
    expect(ContentType).toBe('text/javascript; charset=utf-8')
    expect(CacheControl).toMatch(/^public, max-age=300, s-maxage=86400/)
    expect(Metadata?.['cache-tag']).toBe('document:button/button.js')
    expect((await lying('button.js.br', bucket)).ContentEncoding).toBe('br')
    expect((await lying('button.js.gz', bucket)).ContentEncoding).toBe('gzip')
    const released = await lying('1.0.0.js', bucket)
    expect(released.text).toContain('"{checkout}"')
    expect(released.CacheControl).toContain('immutable')
  }
  expect(dropped).toEqual(['document:button/button.js', 'document:button/button.js'])
})

test('a release never changes, and an older one never takes the place of a newer one', async () => {
  await putButton(button('1.10.0'), signal)
  await putButton(button('1.9.0'), signal)
  await putButton(button('1.10.0', '/* other bytes */'), signal)
  expect((await lying('button.js')).text).toContain('other bytes')
  expect((await lying('1.10.0.js')).text).not.toContain('other bytes')
  expect((await lying('1.9.0.js')).text).toContain('1.9.0')
})

test('workers of several releases that start at once leave the newest one', async () => {
  const versions = ['1.0.0', '1.1.0', '1.2.0', '1.2.0', '1.0.1']
  await Promise.all(versions.map((version) => putButton(button(version), signal)))
  for (const ending of ['', '.br', '.gz']) {
    expect((await lying(`button.js${ending}`)).Metadata?.['button-version']).toBe('1.2.0')
  }
})

test('a file that is no button is not published', async () => {
  await expect(putButton({ ...button('1.0.0'), built: 'nothing' }, signal)).rejects.toThrow('{checkout}')
  await expect(lying('button.js')).rejects.toThrow()
})
