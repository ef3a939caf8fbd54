import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { numberText, textString } from '../../../services/processor/assemble/pdf-text.ts'
import { lookOf } from '../../../services/processor/inspect/look.ts'
import type { Words } from '../../../services/processor/plan/job-plan.ts'
import { regionOf } from '../../../services/processor/plan/placement.ts'
import { type Matrix, placementOf } from '../../../services/processor/produce/matrix.ts'
import { mirroredPaintings } from '../../../services/processor/produce/mirror.ts'
import { coverTypeface } from '../../../services/processor/produce/typeface.ts'
import { writeWords } from '../../../services/processor/produce/write-words.ts'
import { readJpeg } from '../../../services/processor/source/jpeg.ts'
import { activeIn } from '../../../services/processor/verify/scan-objects.ts'
import { jpeg } from '../../fixtures/processor/pictures.ts'

const apply = ([a, b, c, d, e, f]: Matrix, x: number, y: number) => [a * x + c * y + e, b * x + d * y + f] as const

describe('Placing', () => {
  test('the chosen part, turned upright in any of the eight ways, lands on its box exactly', () => {
    const share = fc.double({ min: 0.05, max: 0.45, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), share, share, share, share, (orientation, x, y, width, height) => {
        const to = { x: 10, y: 20, width: 300, height: 200 }
        const region = regionOf({ x: 5, y: 7, width: 640, height: 480 }, orientation, { x, y, width, height })
        const matrix = placementOf(region, orientation, to)
        const corners = [
          apply(matrix, region.x, region.y),
          apply(matrix, region.x + region.width, region.y + region.height),
        ]
        expect(Math.min(...corners.map(([across]) => across))).toBeCloseTo(10, 6)
        expect(Math.max(...corners.map(([across]) => across))).toBeCloseTo(310, 6)
        expect(Math.min(...corners.map(([, up]) => up))).toBeCloseTo(20, 6)
        expect(Math.max(...corners.map(([, up]) => up))).toBeCloseTo(220, 6)
      }),
    )
  })

  test('mirrored edges cover all that lies beyond the picture, under it by a hair, and the picture comes last', () => {
    const to = { x: 10, y: 10, width: 100, height: 50 }
    const paintings = mirroredPaintings([1, 0, 0, 1, 0, 0], to, { x: 0, y: 0, width: 120, height: 70 })
    expect(paintings).toHaveLength(9)
    expect(paintings.at(-1)).toEqual({ matrix: [1, 0, 0, 1, 0, 0], clip: to })
    for (const [x, y] of [
      [0.1, 0.1],
      [119, 69],
      [60, 0.1],
      [0.1, 30],
      [119, 30],
      [10, 30],
      [110, 30],
      [60, 60],
    ] as const) {
      const isCovered = paintings
        .slice(0, -1)
        .some(({ clip }) => x >= clip.x && x <= clip.x + clip.width && y >= clip.y && y <= clip.y + clip.height)
      expect(isCovered).toBe(true)
    }
  })

  test('without room beyond the picture it is painted once', () => {
    const to = { x: 0, y: 0, width: 100, height: 50 }
    expect(mirroredPaintings([1, 0, 0, 1, 0, 0], to, to)).toHaveLength(1)
  })
})

describe('A JPEG that goes through untouched', () => {
  test('keeps every pixel and loses where it was taken', async () => {
    const bytes = await sharp(await jpeg({ widthPx: 60, heightPx: 40 }))
      .withExif({ IFD0: { Copyright: 'canary-owner' }, IFD3: { GPSLatitude: '48/1 0/1 0/1' } })
      .jpeg()
      .toBuffer()
    const headers = readJpeg(Buffer.concat([bytes, Buffer.from('a video behind the picture')]))
    expect(headers).toMatchObject({ widthPx: 60, heightPx: 40, components: 3, isInverted: false })
    const bare = headers?.bare ?? Buffer.alloc(0)
    expect(bare.includes('canary-owner')).toBe(false)
    expect(bare.includes('a video')).toBe(false)
    expect(await sharp(bare).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer())
  })

  test('is not one that ends early, is no JPEG, or is cut in its headers', async () => {
    const bytes = await jpeg({ widthPx: 60, heightPx: 40 })
    for (const length of [0, 1, 2, 3, 20, 200, bytes.length - 2])
      expect(readJpeg(bytes.subarray(0, length))).toBeUndefined()
  })
})

describe('Words on a cover', () => {
  const words: Words = {
    draw: 'words',
    text: 'The Lighthouse',
    box: { xMm: 100, yMm: 50, widthMm: 80, heightMm: 30 },
    isTurned: false,
    maximumSizePt: 40,
    minimumSizePt: 7,
    maximumLines: 2,
    colour: { red: 0, green: 0, blue: 0 },
  }

  test('stay inside their box at any length', async () => {
    const face = await coverTypeface()
    for (const text of [
      'A',
      'The Lighthouse',
      'long words '.repeat(30),
      'Donaudampfschifffahrtsgesellschaft'.repeat(4),
    ]) {
      for (const isTurned of [false, true]) {
        const { content } = writeWords({ ...words, text, isTurned }, face)
        const room = isTurned ? [85.04, 226.77] : [226.77, 85.04]
        const points = [...content.matchAll(/(-?[\d.]+) (-?[\d.]+) [ml]/g)].map(
          ([, x, y]) => [Number(x), Number(y)] as const,
        )
        expect(Math.max(...points.map(([x]) => Math.abs(x)))).toBeLessThanOrEqual((room[0] ?? 0) / 2 + 0.5)
        expect(Math.max(...points.map(([, y]) => Math.abs(y)))).toBeLessThanOrEqual((room[1] ?? 0) / 2 + 0.5)
      }
    }
  })

  test('that are cut short end in an ellipsis, and only those', async () => {
    const face = await coverTypeface()
    const drawn: string[] = []
    const spied: typeof face = {
      hasChar: (sign) => face.hasChar(sign),
      getAdvanceWidth: (text, sizePt) => face.getAdvanceWidth(text, sizePt),
      getPath: (text, ...where) => {
        drawn.push(text)
        return face.getPath(text, ...where)
      },
    }
    writeWords({ ...words, text: 'long words '.repeat(60), maximumLines: 2 }, spied)
    expect(drawn).toHaveLength(2)
    expect(drawn[0]).not.toContain('…')
    expect(drawn[1]).toMatch(/\S…$/)
    drawn.length = 0
    writeWords({ ...words, text: 'The Lighthouse' }, spied)
    expect(drawn).toEqual(['The', 'Lighthouse'])
  })

  test('in a script that the typeface lacks are left out and named', async () => {
    const face = await coverTypeface()
    expect(writeWords({ ...words, text: 'Wald 森' }, face).missing).toEqual(['森'])
    expect(writeWords({ ...words, text: '森林' }, face)).toEqual({ content: '', missing: ['森', '林'] })
    expect(writeWords({ ...words, text: 'Größe Λόγος Жизнь Tiếng' }, face).missing).toEqual([])
  })
})

describe('Small things', () => {
  test('numbers in a PDF have no exponent and no needless zeros', () => {
    expect([0, -0, 1e-9, 0.1 + 0.2, 1200, -3.5].map(numberText)).toEqual(['0', '0', '0', '0.3', '1200', '-3.5'])
  })

  test('text in a PDF keeps every script', () => {
    expect(textString('ä森')).toBe('<FEFF00E468EE>')
  })

  test('the border colour is one that is on the border', () => {
    const white = [255, 255, 255]
    const row = [200, 60, 30, ...Array.from({ length: 15 }, () => white).flat()]
    const data = Uint8Array.from(Array.from({ length: 16 }, () => row).flat())
    expect(lookOf({ data, widthPx: 16, heightPx: 16 }).edge).toEqual({ red: 255, green: 255, blue: 255 })
  })

  test('active content is found also under escaped names, and a font called /JS is none', () => {
    const file = (body: string) => Buffer.from(`%PDF-1.7\n1 0 obj\n${body}\nendobj\n`)
    expect(activeIn(file('<< /Type /Catalog /Open#41ction 2 0 R >>'))).toEqual(['OpenAction'])
    expect(activeIn(file('<< /A [ << /S /JavaScript /JS (x) >> ] >>'))).toEqual(['JS', 'JavaScript'])
    expect(activeIn(file('<< /Resources << /Font << /JS 3 0 R /AA 4 0 R >> >> >>'))).toEqual([])
  })
})
