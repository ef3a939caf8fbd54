import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { S3Client } from '@aws-sdk/client-s3'
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { pino } from 'pino'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { systemClock } from '#chassis/clock.ts'
import { Transient } from '#chassis/errors.ts'
import { lookupAll } from '#chassis/http/address-guard.ts'
import { createLog } from '#chassis/log.ts'
import { ThumbnailResult } from '#contracts/messages/thumbnail-result.ts'
import type { ThumbnailTicket } from '#contracts/messages/thumbnail-ticket.ts'
import { parse } from '#contracts/parse.ts'
import { pictureFormats } from '#contracts/published/variants.ts'
import type { TicketHandlerOptions } from '../../services/processor/job/handle-process-ticket.ts'
import { createTicketHandler } from '../../services/processor/job/handle-ticket.ts'
import { openSandboxPool, type SandboxPool } from '../../services/processor/sandbox/pool.ts'
import { putThumbnail } from '../../services/processor/thumbnail/put-thumbnail.ts'
import { documentOf } from '../fixtures/processor/documents.ts'
import { endlessTree, pageBomb, passwordLocked } from '../fixtures/processor/hostile.ts'
import { jpeg } from '../fixtures/processor/pictures.ts'
import { type ProcessorWorld, startProcessorWorld } from './processor-world.ts'
import { thumbnailsOf } from './thumbnail-world.ts'

let world: ProcessorWorld
let thumbnails: ReturnType<typeof thumbnailsOf>

beforeAll(async () => {
  world = await startProcessorWorld()
  thumbnails = thumbnailsOf(world)
})
afterAll(async () => {
  await world?.close()
})

/** Says that it has so many pixels; its data has one. */
async function boasting(widthPx: number, heightPx: number): Promise<Buffer> {
  const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#ffffff' } })
    .png()
    .toBuffer()
  png.writeUInt32BE(widthPx, 16)
  png.writeUInt32BE(heightPx, 20)
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  return png
}

test.each<[string, RegExp, () => Promise<Buffer> | Buffer]>([
  ['a web page', /^This kind of file cannot be shown \(.*: use a PDF/, () => Buffer.from('<!doctype html><p>Sign in')],
  ['an empty file', /^There is nothing in the file/, () => Buffer.alloc(0)],
  ['a document behind a password', /^The file opens only with a password/, () => passwordLocked(2)],
  [
    'a picture that breaks off',
    /^The file is damaged/,
    async () => (await jpeg({ widthPx: 900, heightPx: 900 })).subarray(0, 9000),
  ],
  ['a document without an end', /^There is nothing in the file \(a PDF without pages\)/, endlessTree],
  ['a document that would take all memory', /takes too much work|damaged/, pageBomb],
  [
    'a picture that would take all memory',
    /^The file is too large to be shown \(20000 × 20000 pixels/,
    () => boasting(20_000, 20_000),
  ],
])('%s is told to the publisher in words, and the next one is made', { timeout: 120_000 }, async (_, words, bytes) => {
  const { thumbnail, failure } = await thumbnails.asked({ bytes: await bytes() })
  expect(thumbnail).toBeUndefined()
  expect(failure).toMatch(words)
  expect(failure).not.toContain('/tmp/')
  await thumbnails.made({ bytes: await jpeg({ widthPx: 20, heightPx: 20 }) })
})

test('a file that never came, and an address inside a network, are told in words', async () => {
  expect((await thumbnails.asked({ key: 'uploads/never' })).failure).toMatch(/^The file is not there: upload it/)
  const { failure } = await thumbnails.asked({ url: 'https://169.254.169.254/latest' })
  expect(failure).toMatch(/^Files are not fetched from this address/)
})

describe('the same again', () => {
  test('gives the same names and bytes; another edit gives others', async () => {
    const bytes = await jpeg({ widthPx: 300, heightPx: 200, label: 'twice' })
    const first = await thumbnails.made({ bytes }, { rotate: 180 })
    const listed = await thumbnails.listed('documents')
    const second = await thumbnails.made({ bytes }, { rotate: 180 })
    expect(second).toEqual(first)
    expect(await thumbnails.listed('documents')).toEqual(listed)
    expect((await thumbnails.made({ bytes })).sources).not.toEqual(first.sources)
  })

  test('rung for again long after its answer is answered without its file', async () => {
    const issuedAt = new Date(Date.now() - 60_000).toISOString()
    const ticket = { ...(await thumbnails.ticketFor({ bytes: await jpeg({ widthPx: 300, heightPx: 200 }) })), issuedAt }
    await world.send(ticket)
    const { thumbnail } = await world.thumbnailed(ticket.ticketId)
    world.forget(ticket.ticketId)
    await world.send({ ...ticket, source: { ...ticket.source, key: 'uploads/gone' } })
    expect((await world.thumbnailed(ticket.ticketId)).thumbnail).toEqual(thumbnail)
  })

  test('by a processor that takes over from one that left in the middle', { timeout: 120_000 }, async () => {
    const { PROCESS_QUEUE_URL: QueueUrl } = world.environment
    const small = await jpeg({ widthPx: 300, heightPx: 200, label: 'left' })
    const bytes = await sharp(small).resize(9000, 6000).jpeg().toBuffer()
    const ticket = await thumbnails.ticketFor({ bytes })
    await world.send(ticket)
    await vi.waitUntil(async () => {
      const { Attributes } = await world.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesNotVisible'] }),
      )
      return Attributes?.ApproximateNumberOfMessagesNotVisible === '1'
    }, 20_000)
    await world.restart()
    const { thumbnail } = await world.thumbnailed(ticket.ticketId)
    expect(thumbnail).toEqual(await thumbnails.made({ bytes }))
  })
})

test('whoever copies one format of another’s picture cannot put his own in place of the others', async () => {
  const documents = { primary: { s3: world.s3, bucket: 'documents' } }
  const put = (webp: string) => {
    const bytes = new Map(
      [
        ['.avif', 'shown'],
        ['.webp', webp],
        ['.jpg', 'shown'],
      ].map(([e = '', b = '']) => [e, Buffer.from(b)]),
    )
    const made = { colour: '#102030', files: [{ widthPx: 9, heightPx: 7, bytes }] }
    return putThumbnail(made, 'pub_x', { documents, log: pino({ level: 'silent' }) }, new AbortController().signal)
  }
  const [{ sources }, other] = [await put('theirs'), await put('his')]
  expect(other.sources).not.toEqual(sources)
  expect(await thumbnails.read(`${sources[0]?.path}.webp`)).toEqual(Buffer.from('theirs'))
})

test('a standby bucket that refuses holds up nothing and is told in the log', async () => {
  const told: unknown[] = []
  const log = pino({ messageKey: 'event' }, { write: (line) => void told.push(JSON.parse(line).event) })
  const bytes = new Map(pictureFormats.map(({ ending }) => [`${ending}`, Buffer.from(`standby ${ending}`)]))
  const documents = {
    primary: { s3: world.s3, bucket: 'documents' },
    standby: { s3: world.s3, bucket: 'nowhere' },
  }
  const made = { colour: '#102030', files: [{ widthPx: 9, heightPx: 7, bytes }] }
  const published = await putThumbnail(made, 'pub_x', { documents, log }, new AbortController().signal)
  expect(await thumbnails.read(`${published.sources[0]?.path}.webp`)).toEqual(Buffer.from('standby .webp'))
  expect(told).toEqual(['thumbnail_not_in_standby'])
})

describe('a delivery by itself', () => {
  let folder: string
  let pool: SandboxPool
  const log = createLog('test', 'silent')

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'processor-thumbnail-'))
    pool = await openSandboxPool(folder, 0, log)
  })
  afterAll(async () => {
    await pool?.close()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  async function delivered(ticket: ThumbnailTicket, receiveCount: number, more: Partial<TicketHandlerOptions> = {}) {
    const said: ThumbnailResult[] = []
    const { s3, environment } = world
    const handle = createTicketHandler({
      ...{ pool, log, clock: systemClock, s3, allowedOrigins: [], lookup: lookupAll, statusQueueUrl: 'status' },
      ...{ sourcesBucket: environment.SOURCES_BUCKET, printFilesBucket: environment.PRINT_FILES_BUCKET },
      documents: { primary: { s3, bucket: environment.DOCUMENTS_BUCKET } },
      writer: { send: async (_queueUrl, message) => void said.push(parse('result', ThumbnailResult, message)) },
      ...more,
    })
    await handle(ticket, { messageId: 'm', senderId: '', receiveCount, signal: new AbortController().signal })
    return said[0]
  }

  test('with a fault of ours is tried again four times, and then says so and nothing about the file', async () => {
    const lookup = () => {
      throw new RangeError('a bug of ours')
    }
    const issuedAt = new Date(Date.now() - 60_000).toISOString()
    const ticket = { ...(await thumbnails.ticketFor({ url: 'https://example.com/a.jpg' })), issuedAt }
    await expect(delivered(ticket, 4, { lookup })).rejects.toThrow('a bug of ours')
    expect((await delivered(ticket, 5, { lookup }))?.failure).toMatch(/^Our side failed/)
    // It may be mended for the next copy: nothing was kept.
    await expect(delivered(ticket, 1, { lookup })).rejects.toThrow('a bug of ours')
  })

  test('an address that does not answer is tried three times', async () => {
    const ticket = await thumbnails.ticketFor({ url: 'https://127.0.0.1:9/a.jpg' })
    const more = { allowedOrigins: ['https://127.0.0.1:9'] }
    await expect(delivered(ticket, 2, more)).rejects.toThrow()
    expect((await delivered(ticket, 3, more))?.failure).toMatch(/^The file could not be fetched/)
  })

  test('that breaks off between two pictures tells nothing, and the next one makes them all', async () => {
    const { AWS_ENDPOINT_URL_S3: endpoint, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = world.processEnvironment
    const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY }
    const s3 = new S3Client({ endpoint, credentials, region: 'eu-west-1', forcePathStyle: true })
    let left = 4
    s3.middlewareStack.add(
      (next) => async (call) => {
        left -= 1
        if (left < 0) throw Object.assign(new Error('cut'), { code: 'ECONNRESET' })
        return await next(call)
      },
      { step: 'initialize' },
    )
    const ticket = await thumbnails.ticketFor({ bytes: await jpeg({ widthPx: 700, heightPx: 300, label: 'cut' }) })
    const before = (await thumbnails.listed('documents')).length
    await expect(delivered(ticket, 1, { documents: { primary: { s3, bucket: 'documents' } } })).rejects.toThrow(
      Transient,
    )
    s3.destroy()
    const said = await delivered(ticket, 2)
    expect(said?.thumbnail?.sources).toHaveLength(3)
    expect(await thumbnails.listed('documents')).toHaveLength(before + 9)
  })

  test('a document that is too large to be fetched is read in the store, and looks the same', async () => {
    const bytes = await documentOf({ pages: 12, widthMm: 100, heightMm: 150 })
    const whole = await delivered(await thumbnails.ticketFor({ bytes }), 1)
    const byRanges = await delivered(await thumbnails.ticketFor({ bytes }), 1, { rangedFromBytes: 100 })
    expect(whole?.thumbnail).toBeDefined()
    expect(byRanges?.thumbnail).toEqual(whole?.thumbnail)
  })
})
