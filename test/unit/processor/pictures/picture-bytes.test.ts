import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPictureBytes } from '../../../../services/processor/pictures/picture-bytes.ts'

const stored = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7 + (at >> 8)) & 255))
let folder = ''
let path = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picture-bytes-'))
  path = join(folder, 'photo.jpg')
  await writeFile(path, stored)
})
afterAll(() => rm(folder, { recursive: true }))

describe('the bytes of a picture', () => {
  test('are those of the file, short or long, and end where it ends', () => {
    const bytes = openPictureBytes(path)
    expect(bytes.size).toBe(stored.length)
    for (const [from, to] of [
      [0, 2],
      [10, 70_000],
      [65_000, 300_000],
      [299_999, 400_000],
      [400_000, 500_000],
    ] as const) {
      expect(bytes.read(from, to).equals(stored.subarray(from, to))).toBe(true)
    }
    bytes.close()
  })

  test('leave out what lies between the ranges that belong into the print file', () => {
    const ranges = [
      { from: 0, to: 2 },
      { from: 5_000, to: 90_000 },
      { from: 90_100, to: 90_101 },
      { from: 200_000, to: 300_000 },
    ]
    const wanted = Buffer.concat(ranges.map(({ from, to }) => stored.subarray(from, to)))
    const bytes = openPictureBytes(path, ranges)
    expect(bytes.size).toBe(wanted.length)
    for (const [from, to] of [
      [0, wanted.length],
      [1, 3],
      [2, 85_003],
      [85_000, 160_000],
    ] as const) {
      expect(bytes.read(from, to).equals(wanted.subarray(from, to))).toBe(true)
    }
    bytes.close()
  })

  test('stay as they were read as long as they are no more than a segment of a JPEG', () => {
    const bytes = openPictureBytes(path)
    const profile = bytes.read(100, 65_000)
    bytes.read(0, 300_000)
    bytes.read(1, 65_000)
    bytes.close()
    expect(profile.equals(stored.subarray(100, 65_000))).toBe(true)
  })

  test('are fewer, not made up, when the file was cut after it was opened', async () => {
    const cut = join(folder, 'cut.jpg')
    await writeFile(cut, stored)
    const bytes = openPictureBytes(cut)
    await truncate(cut, 100_000)
    expect(bytes.read(50_000, 300_000).equals(stored.subarray(50_000, 100_000))).toBe(true)
    bytes.close()
  })
})
