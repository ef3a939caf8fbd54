import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberText, textString } from '../../../services/processor/assemble/pdf-text.ts'
import { lookOf } from '../../../services/processor/inspect/look.ts'
import { memoryBytes } from '../../../services/processor/pdf/byte-sources.ts'
import { regionOf } from '../../../services/processor/plan/placement.ts'
import { type Matrix, placementOf } from '../../../services/processor/produce/matrix.ts'
import { mirroredPaintings } from '../../../services/processor/produce/mirror.ts'
import { activeIn } from '../../../services/processor/verify/scan-objects.ts'

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
    const file = (body: string) => memoryBytes(Buffer.from(`%PDF-1.7\n1 0 obj\n${body}\nendobj\n`))
    expect(activeIn(file('<< /Type /Catalog /Open#41ction 2 0 R >>'))).toEqual(['OpenAction'])
    expect(activeIn(file('<< /A [ << /S /JavaScript /JS (x) >> ] >>'))).toEqual(['JS', 'JavaScript'])
    expect(activeIn(file('<< /Resources << /Font << /JS 3 0 R /AA 4 0 R >> >> >>'))).toEqual([])
  })
})
