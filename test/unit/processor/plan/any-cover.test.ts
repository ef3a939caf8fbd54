import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogue } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { geometryOf, pageRangeOf } from '#contracts/geometry/geometry.ts'
import type { PdfFacts } from '../../../../services/processor/inspect/facts.ts'
import type { ComponentPlan } from '../../../../services/processor/plan/job-plan.ts'
import { type Planned, planJob } from '../../../../services/processor/plan/plan-job.ts'
import { codesOf, isInside, pdf, placesIn, planned, sheetBox } from './planning.ts'

const withCover = catalogue.filter(({ fileSets }) => fileSets.some((set) => set.includes('cover')))
const productAndCount = fc.constantFrom(...withCover).chain((product) => {
  const { minimum, maximum } = pageRangeOf(product)
  return fc.tuple(fc.constant(product), fc.integer({ min: minimum, max: Math.min(maximum, minimum + 200) }))
})
const offMm = fc.constantFrom(0, 0, 0.3, -0.8, 2, -8, 20)
/** Sizes that customers draw covers in, each a little off: the sheet, its trim, one side with or without bleed, anything. */
const anyCover = fc.record({
  base: fc.constantFrom('sheet', 'trim', 'side', 'bled side', 'free'),
  offMm,
  upMm: offMm,
  free: fc.tuple(fc.double({ min: 40, max: 900, noNaN: true }), fc.double({ min: 40, max: 900, noNaN: true })),
  pages: fc.constantFrom(1, 1, 2, 2, 3),
})
type AnyCover = ReturnType<typeof anyCover.generate>['value']

function coverFacts(product: Product, count: number, { base, offMm, upMm, free, pages }: AnyCover): PdfFacts {
  const cover = geometryOf(product, count).components.find(({ component }) => component === 'cover')
  if (!cover) throw new Error('no cover')
  const { trimBox, sheetWidthMm, sheetHeightMm } = cover
  const bleed = base === 'bled side' ? 2 * product.bleedMm : 0
  const sizes: Record<string, readonly [number, number]> = {
    sheet: [sheetWidthMm, sheetHeightMm],
    trim: [trimBox.widthMm, trimBox.heightMm],
    free,
  }
  const [widthMm, heightMm] = sizes[base] ?? [product.trimWidthMm + bleed, product.trimHeightMm + bleed]
  return pdf(pages, widthMm + offMm, heightMm + upMm)
}

const coverOf = (result: Planned): ComponentPlan | undefined =>
  result.outcome === 'plan' ? result.plan.components.find(({ component }) => component === 'cover') : undefined

describe('Any cover that a customer draws', () => {
  test('becomes one exact sheet whose parts nest, says what was done to it, or is refused with a code', () => {
    fc.assert(
      fc.property(productAndCount, anyCover, ([product, count], spec) => {
        const supplied = coverFacts(product, count, spec)
        const inside = pdf(count, product.trimWidthMm, product.trimHeightMm)
        const sources = [
          { role: 'interior' as const, label: 'interior', facts: inside },
          { role: 'cover' as const, label: 'cover', facts: supplied },
        ]
        const result = planJob({ product, title: 'A title', options: {}, sources })
        const plan = coverOf(result)
        if (!plan) {
          expect(codesOf(result).some((code) => ['ASPECT_MISMATCH', 'PAGE_COUNT_OUT_OF_RANGE'].includes(code))).toBe(
            true,
          )
          return
        }
        expectWhole(plan, product, count)
        expectToldOf(plan, supplied, result)
      }),
      { numRuns: 250 },
    )
  })
})

function expectWhole(plan: ComponentPlan, product: Product, count: number): void {
  const wanted = geometryOf(product, count).components.find(({ component }) => component === 'cover')
  expect(plan.trimBox).toEqual(wanted?.trimBox)
  expect([plan.sheetWidthMm, plan.sheetHeightMm]).toEqual([wanted?.sheetWidthMm, wanted?.sheetHeightMm])
  expect(plan.pages).toHaveLength(1)
  const panels = plan.panels ?? []
  for (const { box } of panels) expect(isInside(box, plan.trimBox)).toBe(true)
  for (const drawing of plan.pages.flat()) {
    if (drawing.draw === 'place') expect(isInside(drawing.within, sheetBox(plan))).toBe(true)
    if (drawing.draw === 'words' || drawing.draw === 'fill') expect(isInside(drawing.box, sheetBox(plan))).toBe(true)
  }
}

function expectToldOf(plan: ComponentPlan, supplied: PdfFacts, result: Planned): void {
  const drawings = plan.pages[0] ?? []
  if (drawings.some(({ draw }) => draw === 'keep')) return
  const own = placesIn(drawings).filter(({ source }) => source === 1)
  expect(own).toHaveLength(supplied.pageCount)
  const told = result.findings.filter(({ file }) => file === 'cover').map(({ code }) => code)
  const codes = ['PAGE_SCALED', 'BLEED_MIRRORED', 'SPINE_WIDTH_DIFFERS', 'COVER_MADE', 'CROPPED_MORE_THAN']
  expect(codes.some((code) => told.some((each) => each === code))).toBe(true)
}

const splitting = catalogue.filter(
  ({ construction, fileSets }) =>
    construction.kind === 'book' &&
    construction.binding !== 'wire_o' &&
    fileSets.some(([first]) => first === 'interior'),
)

describe('Any book that comes as facing pages', () => {
  test('is cut into single pages of the exact trim, and says so', () => {
    const leaves = fc.tuple(fc.constantFrom(...splitting), fc.integer({ min: 0, max: 30 }), fc.boolean())
    fc.assert(
      fc.property(leaves, ([product, more, isBled]) => {
        const wide = Math.ceil(pageRangeOf(product).minimum / 2) + Math.min(more, 3)
        const bleedMm = isBled ? 2 * product.bleedMm : 0
        const facts = pdf(wide, 2 * product.trimWidthMm + bleedMm, product.trimHeightMm + bleedMm)
        const result = planned(product, facts)
        if (result.outcome !== 'plan') throw new Error(JSON.stringify(result.findings))
        expect(codesOf(result)).toContain('PAGE_SPLIT')
        expect(result.pages).toBe(2 * wide)
        const [interior] = result.plan.components
        if (!interior) throw new Error('no interior')
        expect(interior.pages.length % pageRangeOf(product).multiple).toBe(0)
        for (const place of placesIn(interior.pages.flat())) {
          expect(place.page).toBeLessThanOrEqual(wide)
          expect(isInside(sheetBox(interior), place.within)).toBe(true)
          expect(place.to.widthMm).toBeGreaterThan(product.trimWidthMm - 0.01)
        }
      }),
      { numRuns: 60 },
    )
  })
})
