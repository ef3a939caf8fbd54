import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { memoryBytes } from '../../../../services/processor/pdf/byte-sources.ts'
import { hasGainMap } from '../../../../services/processor/pictures/gain-map.ts'
import { readJpeg } from '../../../../services/processor/pictures/read-jpeg.ts'
import { adobeMark, jpeg, segment, withoutSegments, withSegment } from '../../../fixtures/processor/pictures.ts'

const small = { widthPx: 60, heightPx: 40 }
const read = (bytes: Buffer) => readJpeg(memoryBytes(bytes))

function bareOf(bytes: Buffer): Buffer {
  return Buffer.concat(read(bytes)?.segments.map(({ from, to }) => bytes.subarray(from, to)) ?? [])
}

/** Cameras and editors name the colours of unmarked files by letters; nothing else in the file changes. */
function namedRgb(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const frame = copy.indexOf(Buffer.from([0xff, 0xc0]))
  const scan = copy.indexOf(Buffer.from([0xff, 0xda]))
  for (const [index, id] of [...'RGB'].entries()) {
    copy.write(id, frame + 10 + index * 3, 'latin1')
    copy.write(id, scan + 5 + index * 2, 'latin1')
  }
  return copy
}

const jfif = (bytes: Buffer) => withSegment(bytes, 0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'))

describe('A JPEG that goes through untouched', () => {
  test('keeps every pixel and loses where it was taken', async () => {
    const bytes = await sharp(await jpeg(small))
      .withExif({ IFD0: { Copyright: 'canary-owner' }, IFD3: { GPSLatitude: '48/1 0/1 0/1' } })
      .jpeg()
      .toBuffer()
    const whole = Buffer.concat([bytes, Buffer.from('a video behind the picture')])
    expect(read(whole)).toMatchObject({ widthPx: 60, heightPx: 40, components: 3, isInverted: false })
    const bare = bareOf(whole)
    expect(bare.includes('canary-owner')).toBe(false)
    expect(bare.includes('a video')).toBe(false)
    expect(await sharp(bare).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer())
  })

  test('may be progressive, and loses what stands between its scans', async () => {
    const bytes = await sharp(await jpeg(small))
      .jpeg({ progressive: true })
      .toBuffer()
    const secondTable = bytes.indexOf(Buffer.from([0xff, 0xc4]), bytes.indexOf(Buffer.from([0xff, 0xda])))
    const note = segment(0xfe, Buffer.from('canary'))
    const noted = Buffer.concat([bytes.subarray(0, secondTable), note, bytes.subarray(secondTable)])
    const bare = bareOf(noted)
    expect(bare.includes('canary')).toBe(false)
    expect(await sharp(bare).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer())
  })

  test('is not one that ends early, is no JPEG, or is cut in its headers', async () => {
    const bytes = await jpeg(small)
    for (const length of [0, 1, 2, 3, 20, 200, bytes.length - 2])
      expect(read(bytes.subarray(0, length))).toBeUndefined()
  })

  test('is not one whose colours programs read in different ways', async () => {
    const bytes = await jpeg(small)
    expect(read(bytes)).toMatchObject({ isInverted: false })
    expect(read(bytes)).not.toHaveProperty('colorTransform')
    expect(read(withSegment(bytes, 0xee, adobeMark(1)))).toBeDefined()
    // A JFIF mark says luma and chroma, Adobe's mark or the names say red, green and blue.
    expect(read(jfif(withSegment(bytes, 0xee, adobeMark(0))))).toBeUndefined()
    expect(read(jfif(namedRgb(bytes)))).toBeUndefined()
    expect(read(jfif(bytes))).toBeDefined()
    expect(read(namedRgb(bytes))).toMatchObject({ colorTransform: 0 })
  })

  test('keeps its inks the way round they are stored, whatever mark the file has', async () => {
    const marked = await sharp(await jpeg(small))
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer()
    expect(read(marked)).toMatchObject({ components: 4, isInverted: true })
    const bare = withoutSegments(marked, 0xee)
    expect(read(bare)).toMatchObject({ components: 4, isInverted: false })
    expect(read(withSegment(bare, 0xee, adobeMark(0)))).toMatchObject({ isInverted: true })
    expect(read(withSegment(bare, 0xee, adobeMark(2)))).toMatchObject({ isInverted: true })
    expect(read(withSegment(bare, 0xee, adobeMark(1)))).toBeUndefined()
  })

  test('carries the profile put together from its parts, or none when a part is missing', async () => {
    const bytes = await sharp(await jpeg(small))
      .withIccProfile('p3')
      .jpeg()
      .toBuffer()
    const { icc } = await sharp(bytes).metadata()
    expect(read(bytes)?.profile).toEqual(icc)
    const part = (number: number, count: number, body: Buffer) =>
      Buffer.concat([Buffer.from('ICC_PROFILE\0', 'latin1'), Buffer.from([number, count]), body])
    const bare = withoutSegments(bytes, 0xe2)
    const whole = icc ?? Buffer.alloc(0)
    const second = withSegment(bare, 0xe2, part(2, 2, whole.subarray(100)))
    expect(read(second)?.profile).toBeUndefined()
    expect(read(withSegment(second, 0xe2, part(1, 2, whole.subarray(0, 100))))?.profile).toEqual(icc)
  })
})

describe('A second picture for bright screens', () => {
  test('is seen in the words of Android, in those of ISO, and behind the first picture', async () => {
    const bytes = await jpeg(small)
    const isSeen = (file: Buffer) => hasGainMap(memoryBytes(file), 'jpeg')
    expect(isSeen(bytes)).toBe(false)
    const words = Buffer.from('http://ns.adobe.com/xap/1.0/\0<x xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"/>')
    expect(isSeen(withSegment(bytes, 0xe1, words))).toBe(true)
    expect(isSeen(withSegment(bytes, 0xe2, Buffer.from('urn:iso:std:iso:ts:21496:-1\0\0\0\0\0')))).toBe(true)
    const apple = withSegment(bytes, 0xe1, Buffer.from('http://ns.apple.com/HDRGainMap/1.0/'))
    expect(isSeen(withAppended(bytes, apple))).toBe(true)
    // Cameras append a larger preview the same way.
    expect(isSeen(withAppended(bytes, bytes))).toBe(false)
  })

  test('is not looked for beyond a list that points nowhere', async () => {
    const bytes = await jpeg(small)
    const list = Buffer.from('MPF\0II*\0\xff\xff\xff\x7f', 'latin1')
    expect(hasGainMap(memoryBytes(withSegment(bytes, 0xe2, list)), 'jpeg')).toBe(false)
  })
})

/** Both pictures in one file, as CIPA DC-007 wants it: a list with the places of all, counted from the list's own start. */
function withAppended(first: Buffer, second: Buffer): Buffer {
  const list = Buffer.alloc(4 + 8 + 2 + 12 + 4 + 32)
  list.write('MPF\0II*\0', 'latin1')
  list.writeUInt32LE(8, 8)
  list.writeUInt16LE(1, 12)
  list.writeUInt16LE(0xb002, 14)
  list.writeUInt16LE(7, 16)
  list.writeUInt32LE(32, 18)
  list.writeUInt32LE(26, 22)
  // Two entries of 16 bytes: attributes, size, place. The first picture's place is 0.
  list.writeUInt32LE(first.length, 4 + 26 + 4)
  list.writeUInt32LE(second.length, 4 + 26 + 16 + 4)
  const file = withSegment(first, 0xe2, list)
  file.writeUInt32LE(file.length - 10, 6 + 4 + 26 + 16 + 8)
  return Buffer.concat([file, second])
}
