import { readFile } from 'node:fs/promises'
import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { archiveOf } from '../fixtures/processor/archives.ts'
import { documentOf } from '../fixtures/processor/documents.ts'
import { activeDocument, brokenTable } from '../fixtures/processor/hostile.ts'
import { jpeg, quartered, quarters, withoutSegments } from '../fixtures/processor/pictures.ts'
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

const endings = ['.jpg', '.webp', '.avif'] as const
const { red, green, blue, yellow } = quarters
type Colour = readonly number[]

/** Half the colours are thrown away, and the rest is rounded: flat colours come back within this. */
const tolerance = 10
function expectColour(found: Colour, wanted: Colour, within = tolerance): void {
  for (const [index, value] of wanted.entries()) expect(Math.abs((found[index] ?? -999) - value)).toBeLessThan(within)
}

/** The middles of the four quarters, from the top left, in every format. */
async function expectQuarters(made: Awaited<ReturnType<typeof thumbnails.made>>, wanted: readonly Colour[]) {
  for (const ending of endings) {
    const { at, widthPx, heightPx } = await thumbnails.shown(made, ending)
    expect([widthPx, heightPx]).toEqual([made.width_px, made.height_px])
    for (const [index, colour] of wanted.entries()) {
      expectColour(at(index % 2 === 0 ? 0.25 : 0.75, index < 2 ? 0.25 : 0.75), colour)
    }
  }
}

/** Many pixels for little work. */
const large = async (widthPx: number, heightPx: number): Promise<Buffer> =>
  await sharp(await quartered(8, 8))
    .resize(widthPx, heightPx, { fit: 'fill', kernel: 'nearest' })
    .jpeg()
    .toBuffer()

const asJpeg = async (widthPx: number, heightPx: number, orientation = 1): Promise<Buffer> =>
  await sharp(await quartered(widthPx, heightPx))
    .withMetadata({ orientation })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer()

test('a photo is there in three widths and three formats, in both buckets, kept for a year, with its tag and nothing of its camera', async () => {
  const bytes = await sharp(await asJpeg(1600, 1200))
    .withExif({ IFD0: { Make: 'canary-camera', Copyright: 'canary-name' }, IFD3: { GPSLatitudeRef: 'N' } })
    .toBuffer()
  const ticket = await thumbnails.ticketFor({ bytes })
  await world.send(ticket)
  const { type, at, thumbnail, ...about } = await world.thumbnailed(ticket.ticketId)
  const { ticketId, publicationId, accountId, isTest } = ticket
  expect([type, about]).toEqual(['thumbnail_result', { ticketId, publicationId, accountId, isTest }])
  if (!thumbnail) throw new Error('no thumbnail')
  expect(thumbnail).toMatchObject({ width_px: 640, height_px: 480 })
  expect(thumbnail.sources.map(({ width_px }) => width_px)).toEqual([160, 320, 640])
  expectColour(colourOf(thumbnail.colour), [125, 112, 80])
  for (const { width_px, path } of thumbnail.sources) {
    expect(path).toMatch(new RegExp(`^/public/v1/thumbnails/[A-Za-z0-9_-]{22}/${width_px}$`))
    for (const [ending, format, contentType] of [
      ['.jpg', 'jpeg', 'image/jpeg'],
      ['.webp', 'webp', 'image/webp'],
      ['.avif', 'heif', 'image/avif'],
    ] as const) {
      const head = await thumbnails.head(`${path}${ending}`)
      expect(head).toMatchObject({ ContentType: contentType, CacheControl: cacheRules.immutable })
      expect(head.Metadata).toEqual({ 'cache-tag': `publication:${publicationId}` })
      const read = await thumbnails.read(`${path}${ending}`)
      expect(await thumbnails.read(`${path}${ending}`, 'documents-standby')).toEqual(read)
      const facts = await sharp(read).metadata()
      expect([facts.format, facts.width, facts.height]).toEqual([format, width_px, (width_px * 3) / 4])
      expect([facts.exif, facts.xmp, facts.iptc, facts.icc]).toEqual([undefined, undefined, undefined, undefined])
      expect(read.includes('canary')).toBe(false)
    }
  }
  await expectQuarters(thumbnail, [red, green, blue, yellow])
})

const colourOf = (hex: string): number[] => [1, 3, 5].map((from) => Number.parseInt(hex.slice(from, from + 2), 16))

describe('an edit', () => {
  test('turns a picture that a camera held on its side first upright, then as the publisher says, and cuts what is seen', async () => {
    // Stored lying; orientation 6 is a quarter turn clockwise: blue and red above, yellow and green below.
    const bytes = await asJpeg(300, 200, 6)
    await expectQuarters(await thumbnails.made({ bytes }), [blue, red, yellow, green])
    const turned = await thumbnails.made({ bytes }, { rotate: 90 })
    expect([turned.width_px, turned.height_px]).toEqual([300, 200])
    await expectQuarters(turned, [yellow, blue, green, red])
    const crop = { x: 0.5, y: 0, width: 0.5, height: 1 }
    const cut = await thumbnails.made({ bytes }, { rotate: 90, crop })
    expect([cut.width_px, cut.height_px]).toEqual([150, 200])
    await expectQuarters(cut, [blue, blue, red, red])
  })

  test('that leaves less than a pixel leaves one', async () => {
    const crop = { x: 0.9999, y: 0.9999, width: 0.0001, height: 0.0001 }
    const made = await thumbnails.made({ bytes: await asJpeg(400, 400) }, { crop })
    expect([made.width_px, made.height_px, made.sources.length]).toEqual([1, 1, 1])
    expectColour((await thumbnails.shown(made, '.jpg')).at(0, 0), yellow)
  })

  test('cuts a page out of a document as sharp as a whole one', async () => {
    const bytes = await documentOf({ pages: 3, widthMm: 210, heightMm: 297 })
    const made = await thumbnails.made({ bytes }, { crop: { x: 0.4, y: 0.5, width: 0.1, height: 0.1 } })
    expect([made.width_px, made.height_px]).toEqual([640, 905])
    expectColour((await thumbnails.shown(made, '.avif')).at(0.5, 0.5), [176, 66, 51])
  })
})

describe('what is shown of a file', () => {
  test('of a document its first page, upright, without its bleed', async () => {
    const made = await thumbnails.made({ bytes: await documentOf({ pages: 2, widthMm: 148, heightMm: 210 }) })
    expect([made.width_px, made.height_px]).toEqual([640, 908])
    for (const ending of endings) {
      const { at } = await thumbnails.shown(made, ending)
      expectColour(at(0.05, 0.05), [237, 222, 194])
      expectColour(at(0.5, 0.6), [176, 66, 51])
    }
    const withBleed = await thumbnails.made({
      bytes: await documentOf({ pages: 1, widthMm: 50, heightMm: 100, bleedMm: 5 }),
    })
    expect([withBleed.width_px, withBleed.height_px]).toEqual([640, 1280])
    const lying = await documentOf({ pages: 1, widthMm: 148, heightMm: 210, rotate: 90 })
    const turned = await thumbnails.made({ bytes: lying })
    expect([turned.width_px, turned.height_px]).toEqual([640, 451])
    expectColour((await thumbnails.shown(turned, '.jpg')).at(0.4, 0.5), [176, 66, 51])
  })

  test('of a document whose first page is white a white picture', async () => {
    const document = await PDFDocument.create()
    document.addPage([300, 600])
    const made = await thumbnails.made({ bytes: await document.save() })
    expect([made.width_px, made.height_px, made.colour]).toEqual([640, 1280, '#ffffff'])
  })

  test.each([
    ['with scripts in it', activeDocument],
    ['with a broken table of objects', brokenTable],
  ])('of a document %s its first page as well', async (_, document) => {
    const { at } = await thumbnails.shown(await thumbnails.made({ bytes: await document(2) }), '.webp')
    expectColour(at(0.5, 0.6), [176, 66, 51])
  })

  test('of inks the colours that they print, by their profile, whichever way round a file stores them', async () => {
    const profile = new URL('../../services/processor/colour/data/fogra39.icc', import.meta.url).pathname
    const inked = sharp(await quartered(400, 300)).withIccProfile(profile)
    const tiff = await inked.clone().tiff({ compression: 'lzw' }).toBuffer()
    const marked = await inked.clone().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer()
    expect((await sharp(marked).metadata()).space).toBe('cmyk')
    const seen = await sharp(tiff).resize(2, 2, { kernel: 'nearest' }).toColourspace('srgb').raw().toBuffer()
    const wanted = [0, 3, 6, 9].map((from) => [...seen.subarray(from, from + 3)])
    const turnedOver = await sharp(tiff, { ignoreIcc: true })
      .pipelineColourspace('cmyk')
      .negate()
      .toColourspace('cmyk')
      .keepIccProfile()
      .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
      .toBuffer()
    for (const bytes of [tiff, marked, withoutSegments(turnedOver, 0xee)]) {
      await expectQuarters(await thumbnails.made({ bytes }), wanted)
    }
  })

  test('of a photo from a phone what the phone shows, in the colours of any screen', async () => {
    const bytes = await readFile(new URL('../fixtures/processor/heic/turned-p3.heic', import.meta.url))
    const made = await thumbnails.made({ bytes })
    expect([made.width_px, made.height_px, made.sources.length]).toEqual([128, 192, 1])
    const { at } = await thumbnails.shown(made, '.jpg')
    // Numbers of Display P3 mean stronger colours than the same ones of sRGB.
    expectColour(at(0.75, 0.25), [219, 0, 20], 24)
    expect(at(0.25, 0.25)[2]).toBeGreaterThan(150)
  })

  test('of a moving picture the first frame, of see-through parts white, of an archive the first picture', async () => {
    const frames = await Promise.all(
      ['#c81e1e', '#283cbe'].map((background) =>
        sharp({ create: { width: 200, height: 100, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    )
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer()
    const first = await thumbnails.made({ bytes: moving })
    expect([first.width_px, first.height_px]).toEqual([200, 100])
    expectColour((await thumbnails.shown(first, '.webp')).at(0.5, 0.5), red)
    const glass = await sharp(await quartered(200, 200))
      .ensureAlpha(0)
      .png()
      .toBuffer()
    expectColour(
      (await thumbnails.shown(await thumbnails.made({ bytes: glass }), '.avif')).at(0.5, 0.5),
      [255, 255, 255],
    )
    const entries = [
      { name: '10.jpg', data: await jpeg({ widthPx: 300, heightPx: 300 }) },
      { name: '2.jpg', data: await asJpeg(300, 200) },
    ]
    await expectQuarters(await thumbnails.made({ bytes: archiveOf(entries) }), [red, green, blue, yellow])
  })

  test.each([
    ['narrower than the smallest width', 100, 80, '100x80'],
    ['of a single pixel', 1, 1, '1x1'],
    ['that is a long strip', 20, 6000, '9x2560'],
    ['of 48 million pixels', 8000, 6000, '640x480'],
  ])('of a picture %s never more than there is', async (_, widthPx, heightPx, size) => {
    const made = await thumbnails.made({ bytes: await large(widthPx, heightPx) })
    expect(`${made.width_px}x${made.height_px}`).toBe(size)
    for (const ending of endings) expect((await thumbnails.shown(made, ending)).widthPx).toBe(made.width_px)
  })
})
