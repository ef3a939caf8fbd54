import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '#chassis/clock.ts'
import { Transient } from '#chassis/errors.ts'
import { createLog } from '#chassis/log.ts'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import { startObjectStore } from '../../local/cloud/object-store/start.ts'
import { fetchFile } from '../../services/print-client/fetch/fetch-file.ts'
import { FilesUnusable } from '../../services/print-client/fetch/files-unusable.ts'
import { makePrintFiles } from '../../services/processor/job/make-print-files.ts'
import { enterRooms } from '../../services/processor/job/rooms.ts'
import { NeedsWholeSource } from '../../services/processor/ranges/needs-whole-source.ts'
import { openSandboxPool, type SandboxPool } from '../../services/processor/sandbox/pool.ts'
import { writeLargePdf } from '../fixtures/processor/large-pdf.ts'

const credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret' }
const log = createLog('test', 'fatal')
const sku = 'magazine-a4'
const patient = { timeout: 240_000 }

let home: string
let store: Awaited<ReturnType<typeof startObjectStore>>
let s3: S3Client
let pool: SandboxPool
/** Bytes that the store gave, and what to do when it is asked. */
let gotBytes = 0
let onCommand: (name: string) => Promise<void> = async () => undefined

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'ranges-'))
  const buckets = ['sources', 'print-files']
  store = await startObjectStore({ port: 0, dataDir: join(home, 'store'), ...credentials, buckets, log })
  const settings = { endpoint: store.url, region: 'eu-west-1', credentials, forcePathStyle: true }
  s3 = new S3Client({ ...settings, requestChecksumCalculation: 'WHEN_REQUIRED' })
  s3.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        await onCommand(commandName)
        const result = await next(args)
        if (commandName === 'GetObjectCommand' && 'ContentRange' in result.output)
          gotBytes += Number(result.output.ContentLength ?? 0)
        return result
      },
    { step: 'initialize' },
  )
  pool = await openSandboxPool(join(home, 'work'), 2, log)
}, 60_000)

afterAll(async () => {
  await pool?.close()
  s3?.destroy()
  await store?.close()
  await rm(home, { recursive: true, force: true })
})

/** A magazine of so many pages with a picture of so many bytes on each, uploaded. */
async function uploaded(key: string, pages: number, pictureBytes: number, catalog = '') {
  const path = join(home, 'made.pdf')
  const size = { trimWidthMm: 210, trimHeightMm: 297, bleedMm: 3 }
  const { sizeBytes, sha256 } = await writeLargePdf(path, { pages, pictureBytes, ...size, catalog })
  const Body = createReadStream(path)
  await s3.send(new PutObjectCommand({ Bucket: 'sources', Key: key, Body, ContentLength: sizeBytes }))
  return { key, sizeBytes, sha256 }
}

type Way = {
  readonly name: string
  readonly rangedFromBytes?: number
  readonly signal?: AbortSignal
  readonly from?: SandboxPool
}

async function make(source: Awaited<ReturnType<typeof uploaded>>, way: Way) {
  const product = productOf(sku)
  if (!product) throw new Error(`No product ${sku}`)
  const signal = way.signal ?? new AbortController().signal
  const rooms = await enterRooms(way.from ?? pool, signal)
  try {
    return await makePrintFiles(
      {
        type: 'process',
        ...{ ticketId: `tkt_${way.name}`, orderId: 'ord_1', itemId: 'itm_1', issuedAt: '2026-01-01T00:00:00Z' },
        ...{ product, facilityId: 'fac_test', options: {}, outputPrefix: `facilities/fac_test/${way.name}/` },
        sources: [{ role: 'interior', position: 0, ...source }],
      },
      rooms,
      {
        ...{ s3, sourcesBucket: 'sources', printFilesBucket: 'print-files', allowedOrigins: [] },
        ...{ lookup: async () => [], clock: systemClock, log },
        ...(way.rangedFromBytes === undefined ? {} : { rangedFromBytes: way.rangedFromBytes }),
      },
      { receiveCount: 1, signal },
    )
  } finally {
    await rooms.leave()
  }
}

async function storedSha256(key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'print-files', Key: key }))
  return createHash('sha256')
    .update((await Body?.transformToByteArray()) ?? new Uint8Array())
    .digest('hex')
}

const megabyte = 1_000_000
/** So that files of a few megabytes go the way of large ones. */
const soon = { rangedFromBytes: megabyte }

describe('a large PDF in the store', () => {
  test('becomes the very print file that fetching it would give, of a small share of its bytes', patient, async () => {
    const source = await uploaded('u/large', 64, 1.1 * megabyte)
    expect(source.sizeBytes).toBeGreaterThan(64 * 1024 ** 2)
    gotBytes = 0
    const far = await make(source, { name: 'far' })
    expect(gotBytes).toBeGreaterThan(0)
    expect(gotBytes).toBeLessThan(source.sizeBytes * 0.3)
    const whole = await make(source, { name: 'whole', rangedFromBytes: Number.POSITIVE_INFINITY })
    const [one, other] = [far.printFiles[0], whole.printFiles[0]]
    if (!one || !other) throw new Error('No print file')
    expect(one.sha256).toBeUndefined()
    expect(one.crc64nvme).toBe(other.crc64nvme)
    expect(await storedSha256(one.key)).toBe(other.sha256)
    const head = await s3.send(new HeadObjectCommand({ Bucket: 'print-files', Key: one.key, ChecksumMode: 'ENABLED' }))
    expect(head.ChecksumCRC64NVME).toBe(one.crc64nvme)
    const path = join(home, 'fetched.pdf')
    const signal = new AbortController().signal
    await fetchFile(s3, 'print-files', one, path, signal)
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'print-files', Key: one.key }))
    const changed = Buffer.from((await Body?.transformToByteArray()) ?? [])
    changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1
    await s3.send(new PutObjectCommand({ Bucket: 'print-files', Key: one.key, Body: changed }))
    await rm(path)
    await expect(fetchFile(s3, 'print-files', one, path, signal)).rejects.toBeInstanceOf(FilesUnusable)
  })

  test('with a script in it is fetched whole and written anew', patient, async () => {
    const script = '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>'
    const source = await uploaded('u/script', 8, megabyte, script)
    const { printFiles, findings } = await make(source, { name: 'script', ...soon })
    expect(findings.map(({ code }) => code)).toContain('SCRIPTS_REMOVED')
    expect(printFiles[0]?.sha256).toBe(await storedSha256(printFiles[0]?.key ?? ''))
  })

  test(
    'that only the judge wants whole is fetched and made again, though its first converter has ended',
    patient,
    async () => {
      const source = await uploaded('u/judged', 8, megabyte)
      let taken = 0
      const from: SandboxPool = {
        ...pool,
        take: async () => {
          const sandbox = await pool.take()
          taken += 1
          const ask = async (): Promise<never> =>
            await Promise.reject(new NeedsWholeSource('a page with too much on it'))
          return taken === 2 ? { ...sandbox, ask } : sandbox
        },
      }
      const { printFiles } = await make(source, { name: 'judged', ...soon, from })
      // Producer and judge, and once more both.
      expect(taken).toBe(4)
      expect(printFiles[0]?.sha256).toBe(await storedSha256(printFiles[0]?.key ?? ''))
    },
  )

  test('replaced while it is read is tried again, and never mixed', patient, async () => {
    const source = await uploaded('u/replaced', 8, megabyte)
    let ranges = 0
    onCommand = async (name) => {
      if (name !== 'GetObjectCommand') return
      ranges += 1
      if (ranges === 4) await uploaded('u/replaced', 8, megabyte)
    }
    const making = make(source, { name: 'replaced', ...soon })
    await expect(making).rejects.toBeInstanceOf(Transient)
    onCommand = async () => undefined
    expect(ranges).toBeGreaterThanOrEqual(4)
  })

  test('a job ended while the store copies leaves no print file and no upload', patient, async () => {
    const source = await uploaded('u/ended', 8, megabyte)
    const ending = new AbortController()
    onCommand = async (name) => {
      if (name === 'UploadPartCopyCommand') ending.abort(new Error('the machine is leaving'))
    }
    await expect(make(source, { name: 'ended', ...soon, signal: ending.signal })).rejects.toThrow()
    onCommand = async () => undefined
    const asked = { Bucket: 'print-files', Prefix: 'facilities/fac_test/ended/' }
    const { Contents = [] } = await s3.send(new ListObjectsV2Command(asked))
    expect(Contents.filter(({ Key }) => Key?.endsWith('.pdf'))).toEqual([])
    const stored = await readdir(join(home, 'store'), { recursive: true })
    expect(stored.some((name) => name.includes('uploads'))).toBe(true)
    expect(stored.filter((name) => name.endsWith('upload.json'))).toEqual([])
  })
})
