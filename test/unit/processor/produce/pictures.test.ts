import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { Drawing } from '../../../../services/processor/plan/job-plan.ts'
import { lookAhead } from '../../../../services/processor/produce/look-ahead.ts'
import { picture } from '../../../fixtures/processor/pictures.ts'
import { type Source, sheet, tool, withPrintFile } from './make.ts'
import { apart, seen } from './render.ts'

const size = { widthPx: 308, heightPx: 432 }
const sources: Source[] = await Promise.all(
  [10, 90, 170, 250, 330].map(async (hue, index) => ({
    file: `source-${index}.png`,
    format: 'png',
    bytes: await picture({ ...size, hue, label: String(index) }),
  })),
)
const full = (source: number): Drawing => ({
  ...({ draw: 'place', source, page: 1, orientation: 1, pixels: size } as const),
  region: { x: 0, y: 0, width: size.widthPx, height: size.heightPx },
  to: sheet,
  within: sheet,
})
const pages = sources.map((_, index) => [full(index)])

describe('A book of pictures', () => {
  test('shows every picture on its page, upright', async () => {
    await withPrintFile(sources, { pages }, async ({ bytes, progress }) => {
      expect(progress.at(-1)).toEqual({ pagesDone: 5, pagesOfAll: 5 })
      for (const [index, { bytes: png }] of sources.entries()) {
        const { at } = await seen(bytes, index + 1, 50)
        for (const [x, y] of [
          [0.2, 0.1],
          [0.72, 0.3],
          [0.5, 0.75],
        ] as const) {
          const { data } = await sharp(png)
            .extract({ left: Math.round(x * size.widthPx), top: Math.round(y * size.heightPx), width: 1, height: 1 })
            .raw()
            .toBuffer({ resolveWithObject: true })
          expect(apart(at(x * 154, y * 216), [data[0] ?? 0, data[1] ?? 0, data[2] ?? 0])).toBeLessThan(20)
        }
      }
    })
  })

  test('is the same to the byte whether pictures are made one by one or two at a time', async () => {
    const once = await withPrintFile(sources, { pages }, ({ bytes }) => bytes)
    const again = await withPrintFile(sources, { pages }, ({ bytes }) => bytes, 1)
    expect(again.equals(once)).toBe(true)
  })
})

describe('Work done ahead', () => {
  test('is never more than was allowed, whoever is slow, and each thing is made once, in order', async () => {
    for (const ahead of [1, 2, 3]) {
      const started: string[] = []
      const running = new Set<string>()
      let most = 0
      const finish = new Map<string, () => void>()
      const next = lookAhead(
        ['a', 'b', 'c', 'd'],
        async (key) => {
          started.push(key)
          running.add(key)
          most = Math.max(most, running.size)
          await new Promise<void>((resolve) => finish.set(key, resolve))
          running.delete(key)
          return key
        },
        ahead,
      )
      for (const key of ['a', 'b', 'c', 'd']) {
        const asked = next(key)
        // The later ones are ready first.
        for (const done of [...finish.values()].reverse()) done()
        expect(await asked).toBe(key)
      }
      expect(started).toEqual(['a', 'b', 'c', 'd'])
      expect(most).toBeLessThanOrEqual(ahead)
    }
  })

  test('that fails is told to the one who wants it, and to nobody else', async () => {
    const next = lookAhead(['a', 'b'], async (key) => (key === 'b' ? Promise.reject(new Error('torn')) : key), 2)
    expect(await next('a')).toBe('a')
    await expect(next('b')).rejects.toThrow('torn')
  })
})

const photo = await sharp(await picture(size))
  .withExif({ IFD3: { GPSLatitude: '48/1 51/1 0/1' } })
  .jpeg()
  .toBuffer()

test('a JPEG that is passed through loses its camera data and keeps every byte of its picture', async () => {
  const place: Drawing = {
    ...({ draw: 'place', source: 0, page: 1, orientation: 1, pixels: size, isPassable: true } as const),
    region: { x: 0, y: 0, width: size.widthPx, height: size.heightPx },
    to: sheet,
    within: sheet,
  }
  const source: Source = { file: 'source-0.jpg', format: 'jpeg', bytes: photo }
  await withPrintFile([source], { pages: [[place]] }, ({ bytes, path }) => {
    expect(bytes.includes('Exif')).toBe(false)
    const tables = photo.subarray(photo.indexOf(Buffer.from([0xff, 0xdb])))
    const stream = Buffer.concat([photo.subarray(0, 2), tables])
    expect(bytes.includes(Buffer.concat([Buffer.from(`/Length ${stream.length} >>\nstream\n`), stream]))).toBe(true)
    expect(tool('qpdf', '--check', path) ?? 'No syntax').toContain('No syntax')
  })
})
