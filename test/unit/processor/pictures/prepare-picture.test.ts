import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { copyFile, readFile, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outputIntentOf } from '../../../../services/processor/colour/output-intents.ts'
import { inspectImage } from '../../../../services/processor/inspect/inspect-image.ts'
import { openWithPdfium } from '../../../../services/processor/pdfium/document.ts'
import { type PictureRequest, preparePicture } from '../../../../services/processor/pictures/prepare-picture.ts'
import { imageEngine } from '../../../../services/processor/pictures/sharp-engine.ts'
import { followedBy, placementOf } from '../../../../services/processor/produce/matrix.ts'
import { picturePage, streamOf } from '../../../fixtures/processor/picture-page.ts'
import {
  adobeMark,
  bigEndianTiff,
  quartered,
  quarters,
  quartersOf,
  tableProfile,
  withoutSegments,
  withSegment,
} from '../../../fixtures/processor/pictures.ts'

const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeAll(() => void imageEngine())

const { red, green, blue, yellow } = quarters
const seen = [red, green, blue, yellow]
let count = 0

type Changes = Partial<PictureRequest['place']> & { readonly intent?: boolean }

/** Inspects and prepares bytes as a job would, by default all of the picture at its own size. */
async function prepared(bytes: Buffer, format: string, { intent, ...changes }: Changes = {}) {
  count += 1
  const file = `source-${count}`
  writeFileSync(join(folder, file), bytes)
  const facts = await inspectImage(join(folder, file), format)
  if (facts.kind !== 'image') throw new Error(JSON.stringify(facts))
  const pixels = { widthPx: facts.widthPx, heightPx: facts.heightPx }
  const region = { x: 0, y: 0, width: facts.widthPx, height: facts.heightPx }
  const { isPassable, orientation } = facts
  const place = { region, pixels, isPassable, orientation, ...changes }
  const outputIntent = intent ? outputIntentOf('FOGRA39') : undefined
  const picture = await preparePicture({ folder, file, format, source: file, place, outputIntent })
  return { facts, place, picture, file }
}

/** What PDFium shows of the quarters, upright on a page. */
async function shown(bytes: Buffer, format: string, changes: Changes = {}) {
  const { picture, place } = await prepared(bytes, format, changes)
  const { covers } = picture
  const upright = placementOf(place.region, place.orientation, { x: 0, y: 0, width: 100, height: 100 })
  const matrix = followedBy([covers.width, 0, 0, covers.height, covers.x, covers.y], upright)
  const document = await openWithPdfium(await picturePage(folder, picture, matrix, 100))
  const { data } = document.render(1, 100, 100)
  return quartersOf(data, 100, 100, 4).map((pixel) => pixel.slice(0, 3))
}

function expectAlike(found: readonly (readonly number[])[], wanted: readonly (readonly number[])[], within: number) {
  const worst = Math.max(
    ...found.flatMap((pixel, index) => pixel.map((value, band) => Math.abs(value - (wanted[index]?.[band] ?? 999)))),
  )
  expect(worst, JSON.stringify({ found, wanted })).toBeLessThanOrEqual(within)
}

const png = quartered(120, 80)

describe('A picture stands upright in the print file', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'however the camera was held (%i), passed on or encoded anew',
    async (orientation) => {
      // Stored so that turning it upright gives the quarters back.
      const back = [1, 1, 2, 3, 4, 5, 8, 7, 6][orientation] ?? 1
      const turned = await sharp(
        await sharp(await png)
          .withMetadata({ orientation: back })
          .png()
          .toBuffer(),
      )
        .autoOrient()
        .withMetadata({ orientation })
        .jpeg({ quality: 98, chromaSubsampling: '4:4:4' })
        .toBuffer()
      expectAlike(await shown(turned, 'jpeg'), seen, 6)
      const isTurned = orientation > 4
      const reduceTo = isTurned ? { widthPx: 20, heightPx: 30 } : { widthPx: 30, heightPx: 20 }
      expectAlike(await shown(turned, 'jpeg', { reduceTo }), seen, 8)
    },
  )
})

describe('Every format keeps its colours', () => {
  const image = async () => sharp(await png)
  const alpha = async () => sharp(await (await image()).ensureAlpha(0.5).png().toBuffer())
  const made: [string, string, () => Promise<Buffer>, Changes?][] = [
    ['JPEG, progressive', 'jpeg', async () => (await image()).jpeg({ progressive: true, quality: 95 }).toBuffer()],
    ['PNG', 'png', async () => await png],
    ['PNG, interlaced', 'png', async () => (await image()).png({ progressive: true }).toBuffer()],
    ['PNG with a palette', 'png', async () => (await image()).png({ palette: true }).toBuffer()],
    ['PNG, 16 bit', 'png', async () => (await image()).toColourspace('rgb16').png().toBuffer()],
    ['TIFF with LZW', 'tiff', async () => (await image()).tiff({ compression: 'lzw' }).toBuffer()],
    [
      'TIFF in tiles',
      'tiff',
      async () => (await image()).tiff({ tile: true, tileWidth: 32, tileHeight: 32 }).toBuffer(),
    ],
    [
      'TIFF, 16 bit',
      'tiff',
      async () => (await image()).toColourspace('rgb16').tiff({ compression: 'none' }).toBuffer(),
    ],
    [
      'TIFF, 16 bit, big-endian',
      'tiff',
      async () => bigEndianTiff(await (await image()).removeAlpha().raw().toBuffer(), 120, 80, 'rgb'),
    ],
    ['WebP', 'webp', async () => (await image()).webp({ quality: 98 }).toBuffer()],
    [
      'WebP, reduced',
      'webp',
      async () => (await image()).webp({ lossless: true }).toBuffer(),
      { reduceTo: { widthPx: 30, heightPx: 20 } },
    ],
    ['AVIF', 'avif', async () => (await image()).avif({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer()],
    ['GIF', 'gif', async () => (await image()).gif().toBuffer()],
    ['HEIC', 'heic', async () => await heic('plain.heic')],
  ]
  test.each(made)('%s', async (_, format, make, changes) => {
    expectAlike(await shown(await make(), format, changes), seen, 9)
  })

  test('what is see-through shows white paper', async () => {
    const half = seen.map((pixel) => pixel.map((value) => (value + 255) / 2))
    expectAlike(await shown(await (await alpha()).png().toBuffer(), 'png'), half, 6)
    expectAlike(await shown(await (await alpha()).webp({ lossless: true }).toBuffer(), 'webp'), half, 6)
  })

  test('gray stays one colour, also with 16 bits and with see-through parts', async () => {
    const gray = (await image()).toColourspace('b-w')
    for (const bytes of [
      await gray.clone().png().toBuffer(),
      await gray.clone().toColourspace('grey16').png().toBuffer(),
      await gray.clone().ensureAlpha(1).png().toBuffer(),
    ]) {
      const { picture } = await prepared(bytes, 'png')
      expect(picture.components).toBe(1)
      const level = quartersOf(
        await sharp(await gray.clone().png().toBuffer())
          .raw()
          .toBuffer(),
        120,
        80,
        3,
      )
      expectAlike(await shown(bytes, 'png'), level, 6)
    }
  })

  test('HEIC photos are upright and keep Display P3, named by a profile or by number', async () => {
    const turned = await prepared(await heic('turned-p3.heic'), 'heic')
    expect(turned.facts).toMatchObject({ widthPx: 128, heightPx: 192, orientation: 1, profile: 'display_p3' })
    expectAlike(await shown(await heic('turned-p3.heic'), 'heic'), [blue, red, yellow, green], 9)
    const profiled = await prepared(await heic('profile-p3.heic'), 'heic')
    expect(profiled.facts.profile).toBe('display_p3')
    expect(profiled.picture.profile?.toString('latin1', 36, 40)).toBe('acsp')
  })
})

const heic = async (name: string) =>
  await readFile(new URL(`../../../fixtures/processor/heic/${name}`, import.meta.url))

describe('Inks', () => {
  const inked = async () =>
    await sharp(await png)
      .toColourspace('cmyk')
      .jpeg({ quality: 98, chromaSubsampling: '4:4:4' })
      .toBuffer()
  const inksOf = async (bytes: Buffer) => {
    const { data, info } = await sharp(bytes, { ignoreIcc: true })
      .pipelineColourspace('cmyk')
      .toColourspace('cmyk')
      .raw()
      .toBuffer({ resolveWithObject: true })
    return quartersOf(data, info.width, info.height, info.channels)
  }

  test('of a CMYK JPEG keep their values, passed on or encoded anew', async () => {
    const bytes = await inked()
    const { picture, facts } = await prepared(bytes, 'jpeg')
    expect(facts).toMatchObject({ space: 'cmyk', isPassable: true })
    expect(picture).toMatchObject({ components: 4, isInverted: true })
    const reduceTo = { widthPx: 60, heightPx: 40 }
    const smaller = (await prepared(bytes, 'jpeg', { reduceTo })).picture
    expect(smaller.components).toBe(4)
    expectAlike(await inksOf(await streamOf(folder, smaller)), await inksOf(bytes), 3)
    expectAlike(await shown(bytes, 'jpeg', { reduceTo }), await shown(bytes, 'jpeg'), 4)
  })

  test('of a CMYK TIFF with 8 or 16 bits keep their values', async () => {
    const bytes = await inked()
    const eight = await sharp(bytes, { ignoreIcc: true })
      .pipelineColourspace('cmyk')
      .toColourspace('cmyk')
      .tiff({ compression: 'lzw' })
      .toBuffer()
    const raw = await sharp(bytes, { ignoreIcc: true })
      .pipelineColourspace('cmyk')
      .toColourspace('cmyk')
      .raw()
      .toBuffer()
    for (const tiff of [eight, bigEndianTiff(raw, 120, 80, 'cmyk')]) {
      const { picture } = await prepared(tiff, 'tiff')
      expect(picture.components).toBe(4)
      expectAlike(await inksOf(await streamOf(folder, picture)), await inksOf(bytes), 3)
    }
  })

  test('mean the same whether the file is marked by Adobe, as luma and chroma, or not at all', async () => {
    const plain = withoutSegments(await inked(), 0xee)
    for (const bytes of [plain, withSegment(plain, 0xee, adobeMark(0)), withSegment(plain, 0xee, adobeMark(2))]) {
      const passed = await shown(bytes, 'jpeg')
      expectAlike(await shown(bytes, 'jpeg', { isPassable: false }), passed, 6)
    }
  })

  test('are made from RGB where the plan says so, and white paper stays without ink', async () => {
    const white = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#ffffff' } })
      .png()
      .toBuffer()
    const paper = (await prepared(white, 'png', { toCmyk: true, intent: true })).picture
    expect(paper).toMatchObject({ components: 4, profile: undefined })
    expectAlike(await inksOf(await streamOf(folder, paper)), Array(4).fill([0, 0, 0, 0]), 1)
    const { picture } = await prepared(await png, 'png', { toCmyk: true, intent: true })
    const [, , , yellowInks = []] = await inksOf(await streamOf(folder, picture))
    expect(yellowInks[2]).toBeGreaterThan(180)
    expect(yellowInks[0]).toBeLessThan(60)
  })
})

describe('Profiles', () => {
  test('of matrix RGB go into the print file beside numbers that stay as they are', async () => {
    const p3 = await sharp(await png)
      .withIccProfile('p3')
      .png()
      .toBuffer()
    const { picture, facts } = await prepared(p3, 'png')
    expect(facts).toMatchObject({ profile: 'display_p3', hasProfile: true })
    expect(picture.profile).toEqual((await sharp(p3).metadata()).icc)
    const stored = quartersOf(await sharp(p3, { ignoreIcc: true }).raw().toBuffer(), 120, 80, 3)
    expectAlike(
      quartersOf(
        await sharp(await streamOf(folder, picture), { ignoreIcc: true })
          .raw()
          .toBuffer(),
        120,
        80,
        3,
      ),
      stored,
      5,
    )
  })

  test('that compute by tables are never passed on: programs show them differently, so the colours become sRGB', async () => {
    const plain = await sharp(await png)
      .jpeg({ quality: 98, chromaSubsampling: '4:4:4' })
      .toBuffer()
    const part = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), tableProfile()])
    const { picture, facts } = await prepared(withSegment(plain, 0xe2, part), 'jpeg')
    expect(facts).toMatchObject({ profile: 'other', isPassable: false, isDamaged: false })
    expect(picture.profile).toBeUndefined()
    // The table makes gray of the blue channel.
    const [first = [], , third = []] = quartersOf(
      await sharp(await streamOf(folder, picture))
        .raw()
        .toBuffer(),
      120,
      80,
      3,
    )
    expect(Math.max(...first) - Math.min(...first)).toBeLessThan(8)
    expect((third[0] ?? 0) - (first[0] ?? 0)).toBeGreaterThan(100)
  })

  test('that belong to other colours are left out', async () => {
    const plain = await sharp(await png)
      .jpeg()
      .toBuffer()
    const part = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), outputIntentOf('FOGRA39').profile])
    const { picture, facts } = await prepared(withSegment(plain, 0xe2, part.subarray(0, 65_000)), 'jpeg')
    expect(facts).toMatchObject({ isPassable: true, profile: 'none' })
    expect(picture.profile).toBeUndefined()
  })
})

describe('A part of a picture', () => {
  test.each([
    ['at its own size', undefined],
    ['reduced a little', { widthPx: 100, heightPx: 67 }],
    ['reduced by the decoder', { widthPx: 30, heightPx: 20 }],
  ])('holds what the plan shows and hardly more, %s', async (_, reduceTo) => {
    const bytes = await sharp(await png)
      .jpeg({ quality: 98, chromaSubsampling: '4:4:4' })
      .toBuffer()
    const region = { x: 60, y: 10.4, width: 50, height: 60 }
    const { picture } = await prepared(bytes, 'jpeg', { region, reduceTo, isPassable: false })
    const { covers } = picture
    expect(covers.x).toBeLessThanOrEqual(region.x + 0.01)
    expect(covers.y).toBeLessThanOrEqual(region.y + 0.01)
    expect(covers.x + covers.width).toBeGreaterThanOrEqual(110 - 0.01)
    expect(covers.y + covers.height).toBeGreaterThanOrEqual(70.4 - 0.01)
    const spare = reduceTo?.widthPx === 30 ? 8 : 2
    expect(covers.width).toBeLessThanOrEqual(region.width + spare)
    expect(covers.height).toBeLessThanOrEqual(region.height + spare)
    expectAlike(await shown(bytes, 'jpeg', { region, reduceTo, isPassable: false }), [green, green, yellow, yellow], 8)
  })

  test('is never made larger than it is', async () => {
    const { picture } = await prepared(await png, 'png', { reduceTo: { widthPx: 1200, heightPx: 800 } })
    expect(picture).toMatchObject({ widthPx: 120, heightPx: 80 })
  })
})

describe('Work that was interrupted', () => {
  test('goes on with the pieces that are there, and makes a half-written one again', async () => {
    const { picture, place, file } = await prepared(await png, 'png', { reduceTo: { widthPx: 60, heightPx: 40 } })
    const path = join(folder, picture.file)
    const bytes = await readFile(path)
    const request = { folder, file, format: 'png', source: file, place, outputIntent: undefined }
    // Another picture in its place would be taken for the piece: it is not made again.
    await copyFile(path, `${path}.kept`)
    const other = await sharp(bytes).negate().jpeg().toBuffer()
    writeFileSync(path, other)
    expect(await streamOf(folder, await preparePicture(request))).toEqual(other)
    await truncate(path, other.length - 5)
    expect(await streamOf(folder, await preparePicture(request))).toEqual(bytes)
    expect(
      readdirSync(folder).filter(
        (name) => name.startsWith('piece-') && !/^piece-[0-9a-f]{24}\.jpg(\.kept)?$/.test(name),
      ),
    ).toEqual([])
  })

  test('gives the same bytes with one or two threads and one or two pictures at a time', async () => {
    const noise = await sharp({
      create: {
        width: 900,
        height: 700,
        channels: 3,
        background: '#808080',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .jpeg({ quality: 95 })
      .toBuffer()
    const changes = { reduceTo: { widthPx: 700, heightPx: 544 }, region: { x: 100, y: 0, width: 600, height: 700 } }
    const hashes = new Set<string>()
    for (const threads of [1, 2]) {
      imageEngine().concurrency(threads)
      const pictures = await Promise.all([prepared(noise, 'jpeg', changes), prepared(noise, 'jpeg', changes)])
      for (const { picture } of pictures) hashes.add((await streamOf(folder, picture)).toString('base64'))
    }
    imageEngine().concurrency(1)
    expect(hashes.size).toBe(1)
  })
})
