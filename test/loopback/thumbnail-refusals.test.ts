import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
  expect((await thumbnails.asked({ key: 'uploads/never' })).failure).toMatch(/^The file never arrived/)
  const { failure } = await thumbnails.asked({ url: 'https://169.254.169.254/latest' })
  expect(failure).toMatch(/^Files are not fetched from this address/)
})
