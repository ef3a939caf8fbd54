import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogue, productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { geometryOf, pageRangeOf } from '#contracts/geometry/geometry.ts'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import type { PdfFacts } from '../../../../services/processor/inspect/facts.ts'
import type { JobPlan } from '../../../../services/processor/plan/job-plan.ts'
import { aProduct, codesOf, image, isInside, look, pdf, placesOf, planned, planOf } from './planning.ts'

const anyProduct = fc.constantFrom(...catalogue)
const anySize = fc.record({
  widthMm: fc.double({ min: 20, max: 1500, noNaN: true }),
  heightMm: fc.double({ min: 20, max: 1500, noNaN: true }),
})
const anyPage = fc.record({
  orientation: fc.constantFrom(1, 3, 6, 8),
  userUnit: fc.constantFrom(1, 1, 1, 2, 0.5),
})

function expectGeometry(plan: JobPlan, product: Product, pages: number): void {
  const { components } = geometryOf(product, pages)
  expect(plan.components.map(({ component }) => component)).toEqual(components.map(({ component }) => component))
  for (const [index, component] of components.entries()) {
    const made = plan.components[index]
    expect(made?.pages).toHaveLength(component.pages)
    expect(made).toMatchObject({ trimBox: component.trimBox, sheetWidthMm: component.sheetWidthMm })
    for (const place of placesOf({ components: made ? [made] : [] })) {
      expect(isInside(place.within, component.bleedBox)).toBe(true)
      expect(place.region.width).toBeGreaterThan(0)
    }
  }
}

describe('Whatever comes in', () => {
  test('trim, sheet and page count are those of the geometry, and what is shown lies on the sheet', () => {
    fc.assert(
      fc.property(anyProduct, anySize, anyPage, fc.integer({ min: 1, max: 900 }), (product, size, page, count) => {
        const pages = product.construction.kind === 'book' ? count : 1
        const result = planned(product, pdf(pages, size.widthMm, size.heightMm, page))
        const { minimum, maximum } = pageRangeOf(product)
        const isInRange = pages >= minimum && pages <= maximum
        if (!isInRange) expect(codesOf(result)).toEqual(['PAGE_COUNT_OUT_OF_RANGE'])
        else if (result.outcome === 'reject') expect(codesOf(result)).toContain('ASPECT_MISMATCH')
        else expectGeometry(result.plan, product, pages)
      }),
      { numRuns: 120 },
    )
  })

  test('a page that is scaled by more than the eye forgives has a finding', () => {
    fc.assert(
      fc.property(fc.constantFrom('softcover-a5', 'magazine-a4'), anySize, (sku, size) => {
        const product = productOf(sku) ?? catalogue[0]
        if (!product) throw new Error('no product')
        const result = planned(product, pdf(40, size.widthMm, size.heightMm))
        for (const place of placesOf({
          components: planOf(result).components.filter(({ component }) => component === 'interior'),
        })) {
          const scale = place.to.widthMm / ((place.region.width / 72) * 25.4)
          if (Math.abs(scale - 1) > 0.02) expect(codesOf(result)).toContain('PAGE_SCALED')
        }
      }),
    )
  })

  test('a picture is never printed below the least resolution without a word', () => {
    fc.assert(
      fc.property(
        anyProduct,
        fc.integer({ min: 50, max: 9000 }),
        fc.integer({ min: 50, max: 9000 }),
        (product, w, h) => {
          if (product.construction.kind === 'book') return
          const result = planned(product, image(w, h))
          if (result.outcome === 'reject') return
          const [place] = placesOf(result.plan)
          const isOnSide = (place?.orientation ?? 1) >= 5
          const across = (isOnSide ? place?.region.height : place?.region.width) ?? 0
          const dpi = across / ((place?.to.widthMm ?? 1) / 25.4)
          expect(codesOf(result).includes('RESOLUTION_LOW')).toBe(dpi < product.resolution.minimumDpi)
          expect(dpi).toBeGreaterThanOrEqual(product.resolution.rejectBelowDpi)
        },
      ),
    )
  })

  test('a picture is never stretched: both directions have the same scale', () => {
    fc.assert(
      fc.property(
        anyProduct,
        fc.integer({ min: 2000, max: 9000 }),
        fc.integer({ min: 2000, max: 9000 }),
        fc.integer({ min: 1, max: 8 }),
        (product, w, h, orientation) => {
          if (product.construction.kind === 'book') return
          const result = planned(product, image(w, h, { orientation }))
          if (result.outcome === 'reject') return
          for (const { region, to, orientation: turn } of placesOf(result.plan)) {
            const [width, height] = turn >= 5 ? [region.height, region.width] : [region.width, region.height]
            expect(to.widthMm / width).toBeCloseTo(to.heightMm / height, 6)
          }
        },
      ),
    )
  })
})

describe('Pages of a PDF', () => {
  const a5 = productOf('softcover-a5')
  if (!a5) throw new Error('no product')
  const interiorCodes = (facts: PdfFacts): string[] =>
    codesOf(planned(a5, facts)).filter((code) => code !== 'COVER_MADE')

  test('of trim size get a mirrored bleed', () => {
    expect(interiorCodes(pdf(40, 148, 210))).toEqual(['BLEED_MIRRORED'])
  })

  test('of sheet size without boxes get their boxes', () => {
    expect(interiorCodes(pdf(40, 154, 216))).toEqual(['BOXES_SET'])
  })

  test('with crop marks around a declared trim and bleed are kept, and what lies outside is cut off', () => {
    const trim = { x: 40, y: 50, width: pointsOf(148), height: pointsOf(210) }
    const margin = pointsOf(3)
    const bleed = { x: 40 - margin, y: 50 - margin, width: trim.width + 2 * margin, height: trim.height + 2 * margin }
    const facts = pdf(40, 200, 270, { trim, bleed })
    expect(interiorCodes(facts)).toEqual(['BOXES_SET'])
    const [interior] = planOf(planned(a5, facts)).components
    const [kept] = interior?.pages[0] ?? []
    expect(kept).toMatchObject({ draw: 'keep', page: 1 })
    if (kept?.draw !== 'keep') throw new Error('not kept')
    expect(kept.media.x).toBeCloseTo(bleed.x, 6)
    expect(kept.media.width).toBe(pointsOf(154))
    expect(kept.trim.y).toBeCloseTo(trim.y, 6)
  })

  test('stored on their side are used upright', () => {
    expect(interiorCodes(pdf(40, 210, 148, { orientation: 6 }))).toEqual(['BLEED_MIRRORED'])
  })

  test('in other units count in millimetres', () => {
    expect(interiorCodes(pdf(40, 74, 105, { userUnit: 2 }))).toEqual(['BLEED_MIRRORED'])
  })

  test('of the same shape are scaled to fill, of another to fit', () => {
    expect(interiorCodes(pdf(40, 210, 297))).toEqual(['BLEED_MIRRORED', 'PAGE_SCALED'])
    expect(interiorCodes(pdf(40, 200, 200))).toEqual(['BLEED_MIRRORED', 'PAGE_SCALED', 'PAGE_SHAPE_DIFFERS'])
  })

  test('that lack one to the least are refused, the least itself is taken', () => {
    expect(codesOf(planned(a5, pdf(31, 148, 210)))).toEqual(['PAGE_COUNT_OUT_OF_RANGE'])
    expect(planned(a5, pdf(32, 148, 210)).outcome).toBe('plan')
    expect(planned(a5, pdf(800, 148, 210)).outcome).toBe('plan')
    expect(codesOf(planned(a5, pdf(801, 148, 210)))).toEqual(['PAGE_COUNT_OUT_OF_RANGE'])
  })

  test('with a coarse picture are told so at the size at which they are printed', () => {
    const resolutionOf = (facts: PdfFacts) => planned(a5, facts).findings.find(({ code }) => code === 'RESOLUTION_LOW')
    expect(resolutionOf(pdf(40, 148, 210, { coarsestDpi: 160 }))).toBeUndefined()
    expect(resolutionOf(pdf(40, 148, 210, { coarsestDpi: 96 }))).toMatchObject({
      found: expect.stringContaining('96 dpi'),
    })
    expect(resolutionOf(pdf(40, 74, 105, { coarsestDpi: 200 }))).toMatchObject({
      found: expect.stringContaining('100 dpi'),
    })
  })

  test('that say the same are told once, with their numbers', () => {
    const { findings } = planned(a5, pdf(40, 148, 210))
    expect(findings.find(({ code }) => code === 'BLEED_MIRRORED')).toMatchObject({
      page: 1,
      found: 'no bleed (pages 1–40)',
    })
  })
})

describe('A damaged document', () => {
  const blank = (isBlank: boolean, wasRepaired: boolean) =>
    planned(aProduct('poster-a3'), { ...pdf(1, 297, 420, { isBlank }), wasRepaired })

  test('of which nothing but an empty page could be saved is refused instead of printed blank', () => {
    expect(codesOf(blank(true, true))).toEqual(['CORRUPT_UNRECOVERABLE'])
    expect(blank(false, true).outcome).toBe('plan')
    expect(blank(true, false).outcome).toBe('plan')
  })
})

describe('A blank first page', () => {
  test('is told, is no fault of the print file, and gives a cover of title and colour', () => {
    const product = productOf('softcover-a5')
    if (!product) throw new Error('no product')
    const result = planned(product, { ...pdf(40, 148, 210), look: { ...look, isBlank: true } })
    expect(codesOf(result)).toContain('BLANK_PAGE')
    const [interior, cover] = planOf(result).components
    expect(interior?.isFirstPageInked).toBe(false)
    expect(cover?.pages[0]?.map(({ draw }) => draw)).toEqual(['fill', 'words'])
  })
})

describe('A supplied cover drawn for another spine', () => {
  test('keeps its size and its own bleed, and is told', () => {
    const product = productOf('softcover-a5')
    if (!product) throw new Error('no product')
    const spread = { x: 40, y: 40, width: pointsOf(2 * 148 + 20), height: pointsOf(210) }
    const bleedPt = pointsOf(3)
    const bleed = {
      x: spread.x - bleedPt,
      y: spread.y - bleedPt,
      width: spread.width + 2 * bleedPt,
      height: spread.height + 2 * bleedPt,
    }
    const media = { x: 0, y: 0, width: spread.width + 80, height: spread.height + 80 }
    const result = planned(product, pdf(100, 148, 210), {
      sources: [
        { role: 'interior', label: 'interior', facts: pdf(100, 148, 210) },
        { role: 'cover', label: 'cover', facts: pdf(1, 0, 0, { media, crop: media, trim: spread, bleed }) },
      ],
    })
    expect(codesOf(result)).toContain('SPINE_WIDTH_DIFFERS')
    const [place] = placesOf({ components: planOf(result).components.slice(1) })
    expect(place?.region.y).toBeCloseTo(bleed.y, 6)
    expect(place?.region.width).toBeCloseTo(bleed.width, 6)
    expect(place?.to.widthMm).toBeCloseTo(2 * 148 + 20 + 6, 6)
    expect(place?.to.yMm).toBeCloseTo(0, 6)
    expect(place?.to.heightMm).toBeCloseTo(216, 6)
  })
})

describe('Made covers', () => {
  const spineWords = (sku: string, pages: number) => {
    const product = productOf(sku)
    if (!product) throw new Error('no product')
    const cover = planOf(planned(product, pdf(pages, product.trimWidthMm, product.trimHeightMm))).components[1]
    return { cover, words: cover?.pages.flat().filter((each) => each.draw === 'words' && each.isTurned) ?? [], product }
  }

  test('carry the title in the middle of the spine, 3.2 mm from its edges, once there is room', () => {
    const { words, product } = spineWords('softcover-a5', 300)
    const spine = geometryOf(product, 300).components[1]?.panels.find(({ name }) => name === 'spine')?.box
    const box = words[0]?.draw === 'words' ? words[0].box : undefined
    expect(box?.xMm).toBeCloseTo((spine?.xMm ?? 0) + 3.2, 6)
    expect((box?.xMm ?? 0) + (box?.widthMm ?? 0) / 2).toBeCloseTo((spine?.xMm ?? 0) + (spine?.widthMm ?? 0) / 2, 6)
  })

  test('leave a narrow spine empty', () => {
    expect(spineWords('softcover-a5', 80).words).toEqual([])
    expect(spineWords('photobook-210x210', 60).words).toEqual([])
  })

  test('cover the sheet to its edges with colour', () => {
    for (const sku of ['softcover-6x9', 'photobook-210x280']) {
      const { cover } = spineWords(sku, 120)
      expect(cover?.pages[0]?.[0]).toMatchObject({
        draw: 'fill',
        box: { xMm: 0, yMm: 0, widthMm: cover?.sheetWidthMm, heightMm: cover?.sheetHeightMm },
      })
    }
  })
})
