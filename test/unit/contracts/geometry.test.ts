import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogue, productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { type Box, pointsOf } from '#contracts/geometry/box.ts'
import { geometryOf, pageRangeOf } from '#contracts/geometry/geometry.ts'
import { gutterMmOf } from '#contracts/geometry/gutter.ts'
import { spineOf } from '#contracts/geometry/spine.ts'

const inch = 25.4

function product(sku: string): Product {
  const found = productOf(sku)
  if (!found) throw new Error(`no ${sku}`)
  return found
}

function component(made: Product, pages: number, name: string) {
  const found = geometryOf(made, pages).components.find((each) => each.component === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}

/** A 6 × 9 in paperback as KDP measures it, with its millimetres a page. */
const kdp = (inchPerPage: number): Product => ({
  ...product('softcover-6x9'),
  construction: {
    kind: 'book',
    binding: 'perfect',
    pages: { minimum: 24, maximum: 828, multiple: 2 },
    spine: { kind: 'per_page', mmPerPage: inchPerPage * inch, plusMm: 0 },
    cover: { kind: 'wraparound' },
  },
})

describe('covers agree with the figures that shops publish (PRINT-FACTS §4)', () => {
  test('Lulu paperback, 6 × 9 in, 210 pages: 920.37 × 666.00 pt', () => {
    const cover = component(product('softcover-6x9'), 210, 'cover')
    expect(pointsOf(cover.sheetWidthMm)).toBeCloseTo(920.37, 2)
    expect(pointsOf(cover.sheetHeightMm)).toBeCloseTo(666, 2)
  })

  test('KDP, 6 × 9 in, 200 pages: 12.7004 in wide on white paper, 12.75 in on cream', () => {
    expect(component(kdp(0.002252), 200, 'cover').sheetWidthMm / inch).toBeCloseTo(12.7004, 4)
    expect(component(kdp(0.0025), 200, 'cover').sheetWidthMm / inch).toBeCloseTo(12.75, 4)
  })

  test('Gelato casewrap, 210 × 280 mm, 34 pages: a sheet of 468 × 325 mm', () => {
    const cover = component(product('photobook-210x280'), 34, 'cover')
    expect(cover.sheetWidthMm).toBeCloseTo(468, 6)
    expect(cover.sheetHeightMm).toBeCloseTo(325, 6)
    expect(cover.panels.map(({ name, box }) => [name, box.xMm, box.widthMm])).toEqual([
      ['back', 20, 203],
      ['spine', 231, 6],
      ['front', 245, 203],
    ])
  })

  test('US casewrap: 0.875 in beyond the trim on each outer edge', () => {
    const book = product('softcover-6x9')
    const cased: Product = {
      ...book,
      construction: {
        kind: 'book',
        binding: 'casewrap',
        pages: { minimum: 24, maximum: 800, multiple: 2 },
        spine: { kind: 'bands', bands: [{ toPages: 84, widthMm: 0.25 * inch }] },
        cover: { kind: 'casewrap_margin', beyondTrimMm: 0.875 * inch },
      },
    }
    const cover = component(cased, 60, 'cover')
    expect(cover.sheetWidthMm / inch).toBeCloseTo(2 * 6 + 0.25 + 2 * 0.875, 6)
    expect(cover.sheetHeightMm / inch).toBeCloseTo(9 + 2 * 0.875, 6)
  })

  test('a canvas of 10 × 10 in on a 38 mm bar takes 52 mm more on every side', () => {
    const canvas = component(product('canvas-30x40'), 1, 'sheet')
    expect([canvas.sheetWidthMm, canvas.sheetHeightMm]).toEqual([300 + 104, 400 + 104])
    expect([canvas.trimBox.widthMm, canvas.trimBox.heightMm]).toEqual([300, 400])
  })
})

describe('spines', () => {
  test('a paper spine is the sum of its leaves and two covers', () => {
    const spine = spineOf({ kind: 'paper', gsm: 100, bulk: 1.2, coverCaliperMm: 0.3 }, 200)
    expect(spine.widthMm).toBeCloseTo(100 * 0.12 + 0.6, 9)
    expect(spine.inputs).toEqual({ pages: 200, gsm: 100, bulk: 1.2, cover_caliper_mm: 0.3 })
  })

  test('a banded spine takes the band that holds the page count, and the last band past the end', () => {
    const rule = {
      kind: 'bands' as const,
      bands: [
        { toPages: 84, widthMm: 6 },
        { toPages: 140, widthMm: 12 },
      ],
    }
    expect([24, 84, 85, 140, 999].map((pages) => spineOf(rule, pages).widthMm)).toEqual([6, 6, 12, 12, 12])
  })

  test('there is no text on a spine of up to 80 pages', () => {
    expect(geometryOf(product('softcover-a5'), 80).isSpineTextAllowed).toBe(false)
    expect(geometryOf(product('softcover-a5'), 82).isSpineTextAllowed).toBe(true)
  })

  test('the gutter grows with the page count as Lulu publishes it', () => {
    expect([60, 61, 150, 151, 400, 401, 600, 601].map(gutterMmOf)).toEqual([0, 3.2, 3.2, 12.7, 12.7, 15.9, 15.9, 19])
  })
})

const isInside = (inner: Box, outer: Box): boolean =>
  inner.xMm >= outer.xMm - 1e-9 &&
  inner.yMm >= outer.yMm - 1e-9 &&
  inner.xMm + inner.widthMm <= outer.xMm + outer.widthMm + 1e-9 &&
  inner.yMm + inner.heightMm <= outer.yMm + outer.heightMm + 1e-9

const productAndPages = fc.constantFrom(...catalogue).chain((each) => {
  const { minimum, maximum } = pageRangeOf(each)
  return fc.tuple(fc.constant(each), fc.integer({ min: minimum, max: maximum }))
})

test('for every product at every page count the boxes nest, the trim is exact and the pages fill whole leaves', () => {
  fc.assert(
    fc.property(productAndPages, ([each, pages]) => {
      const geometry = geometryOf(each, pages)
      expect(geometry.printedPages % pageRangeOf(each).multiple).toBe(0)
      expect(geometry.printedPages).toBeGreaterThanOrEqual(pages)
      for (const { component: name, bleedBox, trimBox, safeBox, panels } of geometry.components) {
        expect(isInside(trimBox, bleedBox) && isInside(safeBox, trimBox)).toBe(true)
        expect(panels.every(({ box }) => isInside(box, trimBox))).toBe(true)
        const across = each.construction.kind === 'folded' ? 2 : 1
        if (name !== 'cover')
          expect([trimBox.widthMm, trimBox.heightMm]).toEqual([across * each.trimWidthMm, each.trimHeightMm])
      }
    }),
  )
})
