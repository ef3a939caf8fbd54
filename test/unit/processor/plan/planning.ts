import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { Box } from '#contracts/geometry/box.ts'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import type { Facts, ImageFacts, PdfFacts, PdfPageFacts } from '../../../../services/processor/inspect/facts.ts'
import type { ComponentPlan, Drawing, JobPlan, Place } from '../../../../services/processor/plan/job-plan.ts'
import { type Planned, type PlanRequest, planJob } from '../../../../services/processor/plan/plan-job.ts'

export const look = {
  edge: { red: 240, green: 230, blue: 220 },
  mean: { red: 90, green: 100, blue: 140 },
  isBlank: false,
}

/** A PDF of pages of one size, each like `page`. */
export function pdf(pages: number, widthMm: number, heightMm: number, page: Partial<PdfPageFacts> = {}): PdfFacts {
  const media = { x: 0, y: 0, width: pointsOf(widthMm), height: pointsOf(heightMm) }
  const facts: PdfPageFacts = { media, crop: media, orientation: 1, userUnit: 1, printedAnnotations: 0, ...page }
  const list = Array.from({ length: pages }, () => facts)
  return { kind: 'pdf', pageCount: pages, pages: list, wasEncrypted: false, wasRepaired: false, active: [], look }
}

export function image(widthPx: number, heightPx: number, more: Partial<ImageFacts> = {}): ImageFacts {
  const rest = { channels: 3, space: 'srgb', depth: 'uchar', hasProfile: false, hasAlpha: false, frames: 1 }
  return {
    ...{ kind: 'image', format: 'jpeg', widthPx, heightPx, orientation: 1, isDamaged: false, isPassable: true, look },
    ...rest,
    ...more,
  }
}

export function aProduct(sku: string): Product {
  const found = productOf(sku)
  if (!found) throw new Error(`no ${sku}`)
  return found
}

/** The plan of a product made of one PDF or picture, or of a list of pictures. */
export function planned(
  product: Product,
  facts: Facts | readonly ImageFacts[],
  more: Partial<PlanRequest> = {},
): Planned {
  return planJob({ product, title: 'A title', options: {}, sources: sourcesOf(product, facts), ...more })
}

export function sourcesOf(product: Product, facts: Facts | readonly ImageFacts[]): PlanRequest['sources'] {
  if ('kind' in facts) {
    const role = product.fileSets.some((set) => set.length === 1 && set[0] === 'image') ? 'image' : 'interior'
    return [{ role, label: role, facts }]
  }
  return facts.map((each, index) => ({ role: 'images', label: `images/${index + 1}`, facts: each }))
}

export const images = (count: number, widthPx: number, heightPx: number): ImageFacts[] =>
  Array.from({ length: count }, () => image(widthPx, heightPx))

export const codesOf = (plan: Planned): string[] => [...new Set(plan.findings.map(({ code }) => code))].toSorted()

export function planOf(result: Planned): JobPlan {
  if (result.outcome !== 'plan') throw new Error(JSON.stringify(result.findings))
  return result.plan
}

export function componentOf(result: Planned, name: ComponentPlan['component']): ComponentPlan {
  const found = planOf(result).components.find(({ component }) => component === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}

export const placesIn = (drawings: readonly Drawing[]): Place[] =>
  drawings.flatMap((each) => (each.draw === 'place' ? [each] : []))

export const placesOf = (plan: JobPlan): Place[] =>
  plan.components.flatMap(({ pages }) => pages.flatMap((drawings) => placesIn(drawings)))

export function isInside(inner: Box, outer: Box, toleranceMm = 1e-6): boolean {
  return (
    inner.xMm >= outer.xMm - toleranceMm &&
    inner.yMm >= outer.yMm - toleranceMm &&
    inner.xMm + inner.widthMm <= outer.xMm + outer.widthMm + toleranceMm &&
    inner.yMm + inner.heightMm <= outer.yMm + outer.heightMm + toleranceMm
  )
}

export const sheetBox = ({ sheetWidthMm, sheetHeightMm }: ComponentPlan): Box => ({
  xMm: 0,
  yMm: 0,
  widthMm: sheetWidthMm,
  heightMm: sheetHeightMm,
})
