import type { FileRole, Product } from '#contracts/catalogue/product.ts'
import type { Finding } from '#contracts/findings.ts'
import type { Component } from '#contracts/geometry/component.ts'
import { type Geometry, geometryOf } from '#contracts/geometry/geometry.ts'
import type { Facts, ImageFacts, PdfFacts } from '../inspect/facts.ts'
import { planSuppliedCover } from './cover.ts'
import { gatherNotes } from './gather-notes.ts'
import { padded, planImageInterior, planPdfInterior } from './interior.ts'
import type { ComponentPlan, JobPlan } from './job-plan.ts'
import { planMadeCover } from './made-cover.ts'
import { pdfResolutionNotes } from './pdf-resolution.ts'
import type { Note, PlannedPage, PlanSource } from './plan-source.ts'
import { pageCountNotes, roleNotes, unreadableNote } from './refusals.ts'
import { planSheet } from './sheet.ts'
import { sourceNotes } from './source-notes.ts'

export type PlanRequest = {
  readonly product: Product
  readonly title: string | undefined
  readonly options: Readonly<Record<string, string>>
  /** In the ticket's order; an image list in the order of its positions. */
  readonly sources: readonly { readonly role: FileRole; readonly label: string; readonly facts: Facts }[]
}

/** How the print files are made, or why they cannot be. `pages` counts content, before padding. */
export type Planned =
  | { readonly outcome: 'plan'; readonly plan: JobPlan; readonly pages: number; readonly findings: readonly Finding[] }
  | { readonly outcome: 'reject'; readonly findings: readonly Finding[] }

/** Decides everything about the print files from facts alone; pure, so that the same facts always give the same files. */
export function planJob(request: PlanRequest): Planned {
  const { product } = request
  const refused = refusals(request)
  if (refused.length > 0) return rejected(refused)
  const sources = request.sources.flatMap(({ facts, ...source }, index) =>
    facts.kind === 'unreadable' ? [] : [{ ...source, facts, index }],
  )
  const content = contentOf(sources)
  const first = content[0]
  if (!first) return rejected([noContent(product)])
  const pages = first.facts.kind === 'pdf' ? first.facts.pageCount : content.length
  const countNotes = pageCountNotes(product, first.role, pages)
  if (countNotes.length > 0) return rejected(countNotes)
  const geometry = geometryOf(product, pages)
  const parts = geometry.components.map((component) =>
    planComponent({ request, geometry, component, content, sources }),
  )
  const notes = [...sources.flatMap(sourceNotes), ...parts.flatMap((part) => part.notes)]
  const findings = gatherNotes(notes)
  if (findings.some(({ severity }) => severity === 'reject')) return { outcome: 'reject', findings }
  return { outcome: 'plan', pages, findings, plan: { components: parts.map(({ plan }) => plan) } }
}

const rejected = (notes: readonly Note[]): Planned => ({ outcome: 'reject', findings: gatherNotes(notes) })

function refusals({ sources }: PlanRequest): Note[] {
  return sources.flatMap(({ label, role, facts }) =>
    facts.kind === 'unreadable' ? [unreadableNote(label, facts)] : roleNotes(label, role, facts.kind),
  )
}

/** The sources that carry the pages: a block, a list of pictures, or the one picture. */
function contentOf(sources: readonly PlanSource[]): readonly PlanSource[] {
  for (const role of ['interior', 'images', 'image'] as const) {
    const found = sources.filter((source) => source.role === role)
    if (found.length > 0) return role === 'images' ? found : found.slice(0, 1)
  }
  return []
}

const noContent = (product: Product): Note => ({
  code: 'SOURCE_MISMATCH',
  found: 'no file with the content',
  wanted: product.fileSets.map((set) => set.join(' + ')).join(', or '),
  action: 'Send the files that the product needs.',
})

type Work = {
  readonly request: PlanRequest
  readonly geometry: Geometry
  readonly component: Component
  readonly content: readonly PlanSource[]
  readonly sources: readonly PlanSource[]
}

function planComponent(work: Work): { readonly plan: ComponentPlan; readonly notes: readonly Note[] } {
  const { request, component } = work
  const pages = pagesOf(work)
  const { trimBox, sheetWidthMm, sheetHeightMm } = component
  const plan: ComponentPlan = {
    component: component.component,
    title: request.title ?? request.product.title,
    sheetWidthMm,
    sheetHeightMm,
    trimBox,
    pages: pages.map(({ drawings }) => [...drawings]),
    isFirstPageInked: isInked(work),
  }
  const shown = component.component === 'cover' ? work.sources.filter(({ role }) => role === 'cover') : work.content
  const coarse = pdfResolutionNotes(plan.pages.flat(), shown, request.product.resolution)
  return { plan, notes: [...pages.flatMap(({ notes }) => notes), ...coarse] }
}

/** Lighter than this on the mean, the only ink may be at an edge that is cut off. */
const surelyInkedUpTo = 250

/** Must the first page show something? A made cover always does; otherwise as the source it comes from. */
function isInked({ component, content, sources }: Work): boolean {
  const supplied = sources.find(({ role }) => role === 'cover')
  if (component.component === 'cover' && !supplied) return true
  const look = (component.component === 'cover' ? supplied : content[0])?.facts.look
  if (!look || look.isBlank) return false
  return Math.min(look.mean.red, look.mean.green, look.mean.blue) <= surelyInkedUpTo
}

function pagesOf(work: Work): readonly PlannedPage[] {
  const { component } = work
  switch (component.component) {
    case 'interior':
      return padded(interiorPages(work), component, work.request.product)
    case 'cover':
      return [coverPage(work)]
    case 'sheet':
      return sheetPage(work)
    default: {
      const never: never = component.component
      return never
    }
  }
}

function interiorPages({ content, component, request }: Work): PlannedPage[] {
  const first = content[0]
  if (first?.facts.kind === 'pdf') return planPdfInterior({ ...first, facts: first.facts }, component)
  return planImageInterior(content.flatMap(imagesOnly), component, request.product)
}

const imagesOnly = (source: PlanSource<ImageFacts | PdfFacts>): PlanSource<ImageFacts>[] =>
  source.facts.kind === 'image' ? [{ ...source, facts: source.facts }] : []

function coverPage({ request, geometry, component, content, sources }: Work): PlannedPage {
  const { product, title } = request
  const asked = { product, geometry, cover: component, title }
  const supplied = sources.find(({ role }) => role === 'cover')
  if (supplied) return planSuppliedCover(asked, supplied)
  const front = content[0]
  return front ? planMadeCover({ ...asked, front }) : { drawings: [], notes: [] }
}

function sheetPage({ request, component, content }: Work): PlannedPage[] {
  const source = content[0]
  return source ? [planSheet({ product: request.product, component, source, options: request.options })] : []
}
