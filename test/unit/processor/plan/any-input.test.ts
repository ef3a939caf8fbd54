import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogue } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { Design } from '#contracts/design.ts'
import { geometryOf, pageRangeOf } from '#contracts/geometry/geometry.ts'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import type { PdfPageFacts } from '../../../../services/processor/inspect/facts.ts'
import type { ComponentPlan, Drawing, Place } from '../../../../services/processor/plan/job-plan.ts'
import type { Planned } from '../../../../services/processor/plan/plan-job.ts'
import { dpiOf } from '../../../../services/processor/plan/resolution.ts'
import { codesOf, image, isInside, pdf, placesIn, planned, sheetBox } from './planning.ts'

const anyProduct = fc.constantFrom(...catalogue)
const productAndCount = anyProduct.chain((product) => {
  const { minimum, maximum } = pageRangeOf(product)
  return fc.tuple(fc.constant(product), fc.integer({ min: minimum, max: Math.min(maximum, minimum + 40) }))
})
const length = fc.double({ min: 30, max: 1300, noNaN: true })
/** Free sizes, and those that matter: trim, sheet, and either a little off. */
const anySize = fc.record({
  base: fc.constantFrom('free', 'trim', 'sheet'),
  widthMm: length,
  heightMm: length,
  offMm: fc.constantFrom(0, 0, 0.3, -0.3, 0.8, -0.8, 2),
})
const anyCondition: fc.Arbitrary<Partial<PdfPageFacts>> = fc.record({
  orientation: fc.constantFrom(1, 1, 3, 6, 8),
  userUnit: fc.constantFrom(1, 1, 2, 0.5),
  printedAnnotations: fc.constantFrom(0, 0, 1),
  isBleedReal: fc.constantFrom(true, false),
  fonts: fc.constantFrom('embedded', 'embedded', 'standard', 'missing'),
  needsRaster: fc.constantFrom(false, false, true),
})
const share = fc.double({ min: 0, max: 1, noNaN: true })
const anyDesign: fc.Arbitrary<Design> = fc.record(
  {
    fit: fc.constantFrom('fill', 'fit'),
    focus: fc.record({ x: share, y: share }),
    crop: fc
      .record({
        x: share,
        y: share,
        width: fc.double({ min: 0.05, max: 1, noNaN: true }),
        height: fc.double({ min: 0.05, max: 1, noNaN: true }),
      })
      .map((crop) => ({ ...crop, x: Math.min(crop.x, 1 - crop.width), y: Math.min(crop.y, 1 - crop.height) })),
  },
  { requiredKeys: [] },
)

function pageSize(
  product: Product,
  { base, widthMm, heightMm, offMm }: { base: string; widthMm: number; heightMm: number; offMm: number },
) {
  if (base === 'free') return { widthMm, heightMm }
  const beyond = base === 'sheet' ? 2 * product.bleedMm : 0
  return { widthMm: product.trimWidthMm + beyond + offMm, heightMm: product.trimHeightMm + beyond + offMm }
}

function expectNested(result: Planned, product: Product, pages: number): void {
  if (result.outcome !== 'plan') return
  const geometry = geometryOf(product, pages)
  expect(geometry.printedPages % pageRangeOf(product).multiple).toBe(0)
  for (const [index, component] of geometry.components.entries()) {
    const plan = result.plan.components[index]
    if (!plan) throw new Error('a component is missing')
    const { trimBox, safeBox, sheetWidthMm, sheetHeightMm } = plan
    expect({ trimBox, safeBox, sheetWidthMm, sheetHeightMm }).toEqual({
      trimBox: component.trimBox,
      safeBox: component.safeBox,
      sheetWidthMm: component.sheetWidthMm,
      sheetHeightMm: component.sheetHeightMm,
    })
    expect(plan.pages).toHaveLength(component.pages)
    expect(isInside(trimBox, sheetBox(plan))).toBe(true)
    expect(safeBox && isInside(safeBox, trimBox)).toBe(true)
    for (const drawing of plan.pages.flat()) expectOnSheet(drawing, plan)
  }
}

function expectOnSheet(drawing: Drawing, plan: ComponentPlan): void {
  const sheet = sheetBox(plan)
  switch (drawing.draw) {
    case 'fill':
    case 'words':
      expect(isInside(drawing.box, sheet)).toBe(true)
      return
    case 'place':
      expect(isInside(drawing.within, sheet)).toBe(true)
      expect(Math.min(drawing.region.width, drawing.region.height)).toBeGreaterThan(0)
      return
    case 'keep':
      expect(drawing.media.width).toBeCloseTo(pointsOf(plan.sheetWidthMm), 6)
      expect(drawing.media.height).toBeCloseTo(pointsOf(plan.sheetHeightMm), 6)
      expect(drawing.trim.x - drawing.media.x).toBeCloseTo(pointsOf(plan.trimBox.xMm), 6)
      expect(drawing.trim.width).toBeCloseTo(pointsOf(plan.trimBox.widthMm), 6)
      return
    default: {
      const never: never = drawing
      throw new Error(`unknown ${String(never)}`)
    }
  }
}

/** What a page of a PDF suffers, and the code that must say so. */
function expectToldOf(place: Place, page: PdfPageFacts, codes: readonly string[]): void {
  const across = (place.orientation >= 5 ? place.region.height : place.region.width) * page.userUnit
  const down = (place.orientation >= 5 ? place.region.width : place.region.height) * page.userUnit
  const isScaled =
    Math.abs(pointsOf(place.to.widthMm) - across) > pointsOf(0.51) ||
    Math.abs(pointsOf(place.to.heightMm) - down) > pointsOf(0.51)
  if (isScaled) expect(codes).toContain('PAGE_SCALED')
  const isMirrored = place.within.widthMm > place.to.widthMm + 0.01 || place.within.heightMm > place.to.heightMm + 0.01
  if (isMirrored) expect(codes).toContain('BLEED_MIRRORED')
  if (place.rasterDpi) expect(codes).toContain('PAGE_RASTERISED')
  if (page.printedAnnotations > 0) expect(codes).toContain('ANNOTATIONS_FLATTENED')
}

describe('Any product of a PDF of any size, count and condition', () => {
  test('has exact boxes that nest, whole leaves, a word for every change, and the same plan each time', () => {
    fc.assert(
      fc.property(productAndCount, anySize, anyCondition, anyDesign, ([product, count], size, condition, design) => {
        const { widthMm, heightMm } = pageSize(product, size)
        const facts = pdf(count, widthMm, heightMm, condition)
        const result = planned(product, facts, { design })
        expect(planned(product, facts, { design })).toEqual(result)
        expectNested(result, product, count)
        if (result.outcome === 'reject') {
          expect(codesOf(result)).toContain('ASPECT_MISMATCH')
          return
        }
        const page = facts.pages[0]
        if (!page) throw new Error('no page')
        const inside = result.plan.components.filter(({ component }) => component === 'interior')
        for (const place of placesIn(inside.flatMap(({ pages }) => pages.flat()))) {
          expectToldOf(place, page, codesOf(result))
        }
      }),
      { numRuns: 150 },
    )
  })

  test('shows no white hairline: what is not told as scaled reaches every edge of the sheet', () => {
    fc.assert(
      fc.property(productAndCount, anySize, anyCondition, ([product, count], size, condition) => {
        const { widthMm, heightMm } = pageSize(product, size)
        const result = planned(product, pdf(count, widthMm, heightMm, condition))
        if (result.outcome === 'reject' || product.construction.kind !== 'book') return
        const isFitted = result.findings.some(({ action }) => action.includes('with white beside it'))
        if (isFitted) return
        expectToEdges(result.plan.components, count)
      }),
      { numRuns: 300 },
    )
  })
})

function expectToEdges(components: readonly ComponentPlan[], count: number): void {
  for (const plan of components.filter(({ component }) => component === 'interior')) {
    const first = plan.pages.slice(0, count).flatMap((drawings) => placesIn(drawings).slice(0, 1))
    for (const { within } of first) expect(isInside(sheetBox(plan), within)).toBe(true)
  }
}

const productOfPictures = fc
  .constantFrom(
    ...catalogue.filter(({ fileSets }) => fileSets.some(([first]) => first === 'images' || first === 'image')),
  )
  .map((product) => ({ product, count: pageRangeOf(product).minimum }))

describe('Any product of pictures of any size, orientation, focus and cut', () => {
  const side = fc.integer({ min: 60, max: 9000 })
  const anyPicture = fc.record({ width: side, height: side, orientation: fc.integer({ min: 1, max: 8 }) })

  test('has boxes that nest, never stretches, and never prints few pixels, cuts or reduces without a word', () => {
    fc.assert(
      fc.property(productOfPictures, anyPicture, anyDesign, ({ product, count }, picture, design) => {
        const facts = Array.from({ length: count }, () =>
          image(picture.width, picture.height, { orientation: picture.orientation }),
        )
        const isAlone = !product.fileSets.some(([first]) => first === 'images')
        const one = facts[0]
        if (!one) return
        const result = planned(product, isAlone ? one : facts, { design })
        expectNested(result, product, count)
        if (result.outcome === 'reject') return
        const codes = codesOf(result)
        const places = result.plan.components.flatMap(({ pages }) => placesIn(pages.flat()))
        for (const place of places) expectFairPicture(place, product, codes)
      }),
      { numRuns: 400 },
    )
  })

  test('fills every page to the edge of its sheet unless it is asked to show all or would lose more than half', () => {
    fc.assert(
      fc.property(productOfPictures, anyPicture, ({ product, count }, picture) => {
        const facts = Array.from({ length: count }, () => image(picture.width, picture.height))
        const one = facts[0]
        const isAlone = !product.fileSets.some(([first]) => first === 'images')
        const result = planned(product, isAlone && one ? one : facts, { design: { fit: 'fill' } })
        if (result.outcome === 'reject' || product.construction.kind === 'folded') return
        for (const plan of result.plan.components.filter(({ component }) => component !== 'cover')) {
          for (const drawings of plan.pages.slice(0, count)) {
            expect(placesIn(drawings).some(({ within }) => isInside(sheetBox(plan), within))).toBe(true)
          }
        }
      }),
      { numRuns: 200 },
    )
  })
})

function expectFairPicture(place: Place, { resolution }: Product, codes: readonly string[]): void {
  const { region, orientation, to, pixels, reduceTo } = place
  const [width, height] = orientation >= 5 ? [region.height, region.width] : [region.width, region.height]
  expect(to.widthMm / width / (to.heightMm / height)).toBeCloseTo(1, 6)
  const dpi = dpiOf(place)
  expect(dpi).toBeGreaterThanOrEqual(resolution.rejectBelowDpi * 0.999)
  if (dpi < resolution.minimumDpi * 0.999) expect(codes).toContain('RESOLUTION_LOW')
  if (!pixels) throw new Error('a picture without its size')
  expect(region.x).toBeGreaterThanOrEqual(-1e-6)
  expect(region.x + region.width).toBeLessThanOrEqual(pixels.widthPx + 1e-6)
  if (!reduceTo) return
  expect(codes).toContain('IMAGE_DOWNSAMPLED')
  expect((reduceTo.widthPx / pixels.widthPx) * dpi).toBeGreaterThanOrEqual(resolution.goodDpi * 0.999)
}
