import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogue, productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { Box } from '#contracts/geometry/box.ts'
import { geometryOf, pageRangeOf } from '#contracts/geometry/geometry.ts'
import { gutterMmOf } from '#contracts/geometry/gutter.ts'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import { spineOf } from '#contracts/geometry/spine-width.ts'

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

describe('text hardcovers agree with the table of Lulu (PRINT-FACTS §3)', () => {
  const spineInch = (pages: number): number =>
    Math.round(((geometryOf(product('hardcover-6x9'), pages).spine?.widthMm ?? 0) / inch) * 1e6) / 1e6

  test('a thin block has one of three widths', () => {
    expect([24, 84, 86, 140, 142, 168].map(spineInch)).toEqual([0.25, 0.25, 0.5, 0.5, 0.625, 0.625])
  })

  test('a thicker one grows in sixteenths of an inch, and 800 pages have 2.125 in', () => {
    expect([170, 194, 196, 222, 224, 798, 800].map(spineInch)).toEqual([
      0.6875, 0.6875, 0.75, 0.75, 0.8125, 2.0625, 2.125,
    ])
    for (let pages = 170; pages < 800; pages += 2) {
      expect(Math.abs(spineInch(pages) - pages / 444 - 7.1 / inch)).toBeLessThanOrEqual(1 / 32 + 1e-9)
    }
  })

  test('6 × 9 in, 300 pages: 0.875 in around two trims and a spine of 0.9375 in', () => {
    const cover = component(product('hardcover-6x9'), 300, 'cover')
    expect(pointsOf(cover.sheetWidthMm)).toBeCloseTo((12 + 0.9375 + 1.75) * 72, 2)
    expect(pointsOf(cover.sheetHeightMm)).toBeCloseTo((9 + 1.75) * 72, 2)
  })

  test('A5, 300 pages: boards of 141 × 215 mm, hinges of 8 mm, 20 mm turned in; text keeps off the fold', () => {
    const book = product('hardcover-a5')
    const cover = component(book, 300, 'cover')
    expect(pointsOf(cover.sheetWidthMm)).toBeCloseTo(pointsOf(40 + 2 * 141 + 16) + 0.9375 * 72, 2)
    expect(pointsOf(cover.sheetHeightMm)).toBeCloseTo(pointsOf(255), 2)
    expect(geometryOf(book, 300).gutterMm).toBe(12.7)
  })

  test('A4, 24 pages: the thinnest', () => {
    expect(pointsOf(component(product('hardcover-a4'), 24, 'cover').sheetWidthMm)).toBeCloseTo(
      pointsOf(40 + 2 * 203 + 16) + 18,
      2,
    )
  })
})

describe('spines', () => {
  test('by the caliper of a facility’s own papers is the leaves and twice the cover: 200 pages of 112.5 µm, cover 300 µm, 11.85 mm', () => {
    const spine = spineOf({ kind: 'caliper', leafMicrometres: 112.5, coverMicrometres: 300 }, 200)
    expect(spine.widthMm).toBeCloseTo(11.85, 10)
    expect(spine.inputs).toEqual({ pages: 200, leaf_micrometres: 112.5, cover_micrometres: 300 })
  })

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

/** Sheet, trim and safe box of one component in points, as [x, y, width, height], to the hundredth. */
function golden(sku: string, pages: number, name: string) {
  const { sheetWidthMm, sheetHeightMm, trimBox, safeBox } = component(product(sku), pages, name)
  const to = (mm: number): number => Math.round(pointsOf(mm) * 100) / 100
  const box = ({ xMm, yMm, widthMm, heightMm }: Box) => [xMm, yMm, widthMm, heightMm].map(to)
  return { sheet: [sheetWidthMm, sheetHeightMm].map(to), trim: box(trimBox), safe: box(safeBox) }
}

describe('golden geometry of every family, in points', () => {
  test('softcover A5, 200 pages: 90 gsm at 1.25 and two covers of 0.3 mm make a spine of 11.85 mm', () => {
    expect(golden('softcover-a5', 200, 'cover').sheet).toEqual([889.65, 612.28])
  })

  test('magazine A4: 3 mm bleed around the trim', () => {
    expect(golden('magazine-a4', 16, 'interior')).toMatchObject({
      sheet: [612.28, 858.9],
      trim: [8.5, 8.5, 595.28, 841.89],
    })
  })

  test('photo book 305 × 305: boards of 298 × 310 mm; 19 mm of the cover are kept free of words', () => {
    const { sheet, safe } = golden('photobook-305x305', 24, 'cover')
    expect(sheet).toEqual([pt(17 + 3 + 298 + 8 + 6 + 8 + 298 + 3 + 17), pt(350)])
    expect(safe.slice(0, 2)).toEqual([pt(39), pt(39)])
  })

  test('layflat 297 × 210, 40 pages: a case with a spine of 13 mm, folded at its edges and hinges', () => {
    const { sheet } = golden('layflat-297x210', 40, 'cover')
    expect(sheet).toEqual([pt(40 + 2 * 290 + 16 + 13), pt(40 + 215)])
    expect(component(product('layflat-297x210'), 40, 'cover').foldsMm).toEqual([310, 318, 331, 339])
    expect(golden('layflat-297x210', 40, 'interior').sheet).toEqual([pt(303), pt(216)])
  })

  test('canvas 60 × 90: 52 mm beyond the face on each side', () => {
    expect(golden('canvas-60x90', 1, 'sheet')).toMatchObject({
      sheet: [pt(704), pt(1004)],
      trim: [pt(52), pt(52), pt(600), pt(900)],
    })
  })

  test('poster A0 on both sides', () => {
    expect(golden('poster-a0', 2, 'sheet').sheet).toEqual([pt(847), pt(1195)])
    expect(geometryOf(product('poster-a0'), 2).components[0]?.pages).toBe(2)
  })

  test('flat card A6, and a folded one: one sheet of twice the width with its fold in the middle', () => {
    expect(golden('card-a6', 2, 'sheet')).toMatchObject({
      sheet: [pt(111), pt(154)],
      safe: [pt(7), pt(7), pt(97), pt(140)],
    })
    const sheet = component(product('card-folded-a6'), 4, 'sheet')
    expect([sheet.pages, sheet.sheetWidthMm, sheet.sheetHeightMm, sheet.foldsMm]).toEqual([2, 216, 154, [108]])
    expect(sheet.panels.map(({ name, box }) => [name, box.xMm, box.widthMm])).toEqual([
      ['back', 3, 105],
      ['front', 108, 105],
    ])
  })

  test('wall calendar A3: a leaf a page, 15 mm at the top kept free for the wire', () => {
    const { safe } = golden('calendar-a3', 13, 'interior')
    expect(safe).toEqual([pt(8), pt(8), pt(287), pt(420 - 5 - 15)])
    expect(geometryOf(product('calendar-a3'), 13).printedPages).toBe(13)
  })
})

/** Millimetres in points to the hundredth. */
function pt(mm: number): number {
  return Math.round((mm * 7200) / 25.4) / 100
}

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
