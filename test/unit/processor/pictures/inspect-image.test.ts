import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { inspectImage } from '../../../../services/processor/inspect/inspect-image.ts'
import { pixelLimitOf } from '../../../../services/processor/pictures/pixel-limits.ts'
import { preparePicture } from '../../../../services/processor/pictures/prepare-picture.ts'
import { imageEngine } from '../../../../services/processor/pictures/sharp-engine.ts'
import { UnsoundPicture } from '../../../../services/processor/pictures/unsound-picture.ts'
import { quartered, withSegment } from '../../../fixtures/processor/pictures.ts'

const folder = mkdtempSync(join(tmpdir(), 'facts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let count = 0

async function inspected(bytes: Buffer, format: string, unprovenAbovePx?: number) {
  count += 1
  const file = `source-${count}`
  writeFileSync(join(folder, file), bytes)
  return { file, facts: await inspectImage(join(folder, file), format, unprovenAbovePx) }
}

const small = quartered(96, 64)
const jpeg = async (widthPx: number, heightPx: number) =>
  await sharp(await quartered(widthPx, heightPx))
    .jpeg()
    .toBuffer()

/** A byte in the middle of the picture's data is changed; headers, top and end are sound. */
async function brokenWithin(widthPx: number, heightPx: number): Promise<Buffer> {
  const { data, info } = await sharp(await quartered(widthPx, heightPx))
    .raw()
    .toBuffer({ resolveWithObject: true })
  const grainy = Buffer.from(data.map((value, index) => (value + ((index * 7919) % 97)) & 255))
  const bytes = await sharp(grainy, { raw: info }).jpeg().toBuffer()
  // A marker where none may be.
  bytes.writeUInt16BE(0xffd3, Math.floor(bytes.length * 0.7))
  return bytes
}

describe('A picture that printing decodes anyway is decoded once', () => {
  const request = (file: string) => {
    const pixels = { widthPx: 400, heightPx: 300 }
    const place = { region: { x: 0, y: 0, width: 400, height: 300 }, pixels, isPassable: true, orientation: 1 }
    return { folder, file, format: 'jpeg', source: file, place, outputIntent: undefined }
  }
  const reduced = { reduceTo: { widthPx: 200, heightPx: 150 } }

  test('it is judged by headers and top, and printed as one that was looked at whole', async () => {
    const { facts, file } = await inspected(await jpeg(400, 300), 'jpeg', 10_000)
    expect(facts).toMatchObject({ kind: 'image', isUnproven: true, isDamaged: false, isPassable: true })
    const { facts: whole } = await inspected(await jpeg(400, 300), 'jpeg')
    expect(whole).not.toHaveProperty('isUnproven')
    expect({ ...whole, look: 0 }).toEqual({ ...facts, look: 0, isUnproven: undefined })
    expect(await preparePicture({ ...request(file), isUnproven: true })).toEqual(await preparePicture(request(file)))
    const place = { ...request(file).place, ...reduced }
    const [one, other] = [true, false].map((isUnproven) => preparePicture({ ...request(file), place, isUnproven }))
    expect(await readFile(join(folder, (await one)?.file ?? ''))).toEqual(
      await readFile(join(folder, (await other)?.file ?? '')),
    )
  })

  test('damage further down is found when it is printed, passed on or encoded anew, also after an interruption', async () => {
    const bytes = await brokenWithin(400, 300)
    const { facts, file } = await inspected(bytes, 'jpeg', 10_000)
    expect(facts).toMatchObject({ isUnproven: true })
    expect((await inspected(bytes, 'jpeg')).facts).toMatchObject({ isDamaged: true, isPassable: false })
    const place = { ...request(file).place, ...reduced }
    // What a run that knew of the damage has left behind.
    expect(await preparePicture({ ...request(file), place })).toMatchObject({ widthPx: 200 })
    for (const unproven of [request(file), { ...request(file), place }]) {
      await expect(preparePicture({ ...unproven, isUnproven: true })).rejects.toThrow(UnsoundPicture)
    }
  })

  test('a small one, one without an end, one that is white at its top and one in several scans are looked at whole', async () => {
    const bytes = await jpeg(400, 300)
    const white = { create: { width: 400, height: 300, channels: 3, background: '#fff' } } as const
    const pictures = [
      bytes.subarray(0, -2),
      await sharp(white).jpeg().toBuffer(),
      await sharp(bytes).jpeg({ progressive: true }).toBuffer(),
    ]
    for (const picture of pictures) {
      expect((await inspected(picture, 'jpeg', 10_000)).facts).not.toHaveProperty('isUnproven')
    }
    expect((await inspected(bytes, 'jpeg', 120_000)).facts).not.toHaveProperty('isUnproven')
  })
})

describe('What is wrong with a picture is known before it is printed', () => {
  test('a JPEG that ends early is damaged, not passed on, and what is there is printed', async () => {
    const bytes = await jpeg(400, 300)
    const { facts, file } = await inspected(bytes.subarray(0, Math.floor(bytes.length * 0.6)), 'jpeg')
    expect(facts).toMatchObject({ kind: 'image', isDamaged: true, isPassable: false })
    const region = { x: 0, y: 0, width: 400, height: 300 }
    const place = { region, pixels: { widthPx: 400, heightPx: 300 }, orientation: 1 }
    const request = { folder, file, format: 'jpeg', source: file, place, outputIntent: undefined }
    expect(await preparePicture(request)).toMatchObject({ widthPx: 400, heightPx: 300, components: 3 })
  })

  test('a JPEG with what a phone puts behind it is sound, and a gain map in it is told', async () => {
    const bytes = await jpeg(96, 64)
    const words = Buffer.from('http://ns.adobe.com/xap/1.0/\0<x xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"/>')
    const phone = Buffer.concat([withSegment(bytes, 0xe1, words), await jpeg(24, 16)])
    const { facts } = await inspected(phone, 'jpeg')
    expect(facts).toMatchObject({ isDamaged: false, isPassable: true, hasGainMap: true, widthPx: 96 })
    expect((await inspected(bytes, 'jpeg')).facts).toMatchObject({ hasGainMap: false })
  })

  test('pages and frames beyond the first are counted', async () => {
    const frames = Buffer.concat(
      await Promise.all(
        [0, 40, 80].map(async (tint) => {
          const negated = sharp(await small).linear(1, tint)
          return await negated.raw().toBuffer()
        }),
      ),
    )
    const tall = { raw: { width: 96, height: 192, channels: 3, pageHeight: 64 } } as const
    const gif = await sharp(frames, tall).gif().toBuffer()
    expect((await inspected(gif, 'gif')).facts).toMatchObject({ frames: 3, heightPx: 64 })
    const tiff = await sharp(frames, tall).tiff({ compression: 'lzw' }).toBuffer()
    expect((await inspected(tiff, 'tiff')).facts).toMatchObject({ frames: 3, heightPx: 64 })
  })

  test('the direction in which a PNG, TIFF or WebP is to be seen is known as that of a JPEG', async () => {
    const turned = sharp(await small).withMetadata({ orientation: 6 })
    for (const format of ['png', 'tiff', 'webp', 'jpeg'] as const) {
      const { facts } = await inspected(await turned.clone().toFormat(format).toBuffer(), format)
      expect(facts, format).toMatchObject({ orientation: 6, widthPx: 96, heightPx: 64 })
    }
  })

  test('a picture of more pixels than a machine can hold is refused by its header', async () => {
    expect(pixelLimitOf('jpeg', false)).toBe(200_000_000)
    expect(pixelLimitOf('jpeg', true)).toBe(64_000_000)
    expect((await inspected(emptyPng(20_000, 11_000, false), 'png')).facts).toMatchObject({ code: 'TOO_LARGE' })
    expect((await inspected(emptyPng(9000, 8000, true), 'png')).facts).toMatchObject({
      code: 'TOO_LARGE',
      detail: '9000 × 8000 pixels, interlaced or progressive; at most 64 million',
    })
  })

  test('noise, an empty head and another format under this name are refused in words', async () => {
    for (const format of ['jpeg', 'png', 'tiff', 'webp', 'avif', 'gif', 'heic']) {
      const { facts } = await inspected(Buffer.from('this is no picture at all, whatever it was called'), format)
      expect(facts, format).toMatchObject({ kind: 'unreadable', code: 'CORRUPT_UNRECOVERABLE' })
    }
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    expect((await inspected(drawing, 'png')).facts).toMatchObject({ kind: 'unreadable' })
  })
})

describe('Two hundred hostile pictures', () => {
  test('end in facts or in a refusal, are printed or fail in words, and never end the converter', async () => {
    imageEngine()
    const base = sharp(await small)
    const sound: [string, Buffer][] = [
      ['jpeg', await jpeg(96, 64)],
      ['jpeg', await base.clone().jpeg({ progressive: true }).toBuffer()],
      ['jpeg', await base.clone().toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer()],
      ['png', await base.clone().png({ progressive: true }).toBuffer()],
      ['tiff', await base.clone().tiff({ compression: 'lzw', tile: true }).toBuffer()],
      ['webp', await base.clone().webp().toBuffer()],
      ['avif', await base.clone().avif({ effort: 0 }).toBuffer()],
      ['gif', await base.clone().gif().toBuffer()],
      ['heic', await readFile(new URL('../../../fixtures/processor/heic/turned-p3.heic', import.meta.url))],
    ]
    const kinds = new Set<string>()
    for (let seed = 0; seed < 200; seed += 1) {
      const [format, bytes] = sound[seed % sound.length] ?? ['jpeg', Buffer.alloc(0)]
      const { file, facts } = await inspected(mutated(bytes, seed), format)
      kinds.add(facts.kind)
      if (facts.kind !== 'image') continue
      const { widthPx, heightPx, isPassable, orientation } = facts
      const region = { x: 0, y: 0, width: widthPx / 2, height: heightPx }
      const place = { region, pixels: { widthPx, heightPx }, isPassable, orientation }
      const request = { folder, file, format, source: file, place, outputIntent: undefined }
      const made = await preparePicture(request).catch((error: unknown) => error)
      expect(made instanceof Error ? made.message : made).toBeTruthy()
    }
    expect([...kinds].sort()).toEqual(['image', 'unreadable'])
  })
})

/** A few bytes changed, or the end cut off; the same for the same seed. */
function mutated(bytes: Buffer, seed: number): Buffer {
  let state = seed + 1
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const copy = Buffer.from(bytes)
  const reach = random(2) === 0 ? Math.min(200, copy.length) : copy.length
  for (let change = 0; change <= seed % 6; change += 1) copy[random(reach)] = random(256)
  return seed % 5 === 0 ? copy.subarray(0, random(copy.length)) : copy
}

/** Says how large it is and has next to nothing in it. */
function emptyPng(widthPx: number, heightPx: number, isInterlaced: boolean): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(widthPx, 0)
  head.writeUInt32BE(heightPx, 4)
  head.set([8, 2, 0, 0, Number(isInterlaced)], 8)
  const chunk = (type: string, body: Buffer): Buffer => {
    const bytes = Buffer.alloc(body.length + 12)
    bytes.writeUInt32BE(body.length, 0)
    bytes.write(type, 4, 'latin1')
    body.copy(bytes, 8)
    bytes.writeUInt32BE(crc32(bytes.subarray(4, body.length + 8)), body.length + 8)
    return bytes
  }
  const mark = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([
    mark,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
