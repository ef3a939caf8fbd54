import type { FileRole, Product } from '#contracts/catalogue/product.ts'
import type { Design } from '#contracts/design.ts'
import { designedPagesOf } from '#contracts/design-issues.ts'
import type { Finding } from '#contracts/findings.ts'
import { geometryOf } from '#contracts/geometry/geometry.ts'
import type { Facts } from '../inspect/facts.ts'
import { singlePagesOf, withSplit } from './facing-pages.ts'
import { isSheetArtwork } from './folded.ts'
import { gatherNotes } from './gather-notes.ts'
import type { JobPlan } from './job-plan.ts'
import { locateNotes } from './locate-notes.ts'
import { planComponent } from './plan-component.ts'
import type { Note, PlanSource } from './plan-source.ts'
import { designNotes, nothingSavedNotes, pageCountNotes, roleNotes, unreadableNote } from './refusals.ts'
import { sourceNotes } from './source-notes.ts'

export type PlanRequest = {
  readonly product: Product
  readonly title: string | undefined
  readonly options: Readonly<Record<string, string>>
  /** How pictures and pages are laid out; absent: one a page, to the edge. */
  readonly design?: Design | undefined
  /** Pictures are made smaller above this multiple of the product's good resolution; 1.5 where nothing is said. */
  readonly reduceAbove?: number | undefined
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
  const refused = [...refusals(request), ...designNotes(request)]
  if (refused.length > 0) return rejected(refused)
  const sources = request.sources.flatMap(({ facts, ...source }, index) =>
    facts.kind === 'unreadable' ? [] : [{ ...source, facts, index }],
  )
  const content = contentOf(sources).map((source) => singlePagesOf(source, product))
  const first = content[0]
  if (!first) return rejected([noContent(product)])
  const pages = pagesOf(request, content)
  const countNotes = pageCountNotes(product, first.role, pages)
  if (countNotes.length > 0) return rejected(countNotes)
  const geometry = geometryOf(product, pages)
  const parts = geometry.components.map((component) =>
    planComponent({ request, geometry, component, content, sources }),
  )
  const components = parts.map(({ plan }) => plan)
  const ofParts = parts.flatMap((part) => part.notes)
  const notes = [...sourceNotes(sources, components, ofParts), ...ofParts]
  const findings = gatherNotes(withSplit(locateNotes(notes, components, sources), content, product))
  if (findings.some(({ severity }) => severity === 'reject')) return { outcome: 'reject', findings }
  return { outcome: 'plan', pages, findings, plan: { components } }
}

const rejected = (notes: readonly Note[]): Planned => ({ outcome: 'reject', findings: gatherNotes(notes) })

function refusals({ sources }: PlanRequest): Note[] {
  return sources.flatMap(({ label, role, facts }) =>
    facts.kind === 'unreadable'
      ? [unreadableNote(label, facts)]
      : [...roleNotes(label, role, facts.kind), ...nothingSavedNotes(label, facts)],
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

function pagesOf({ product, design }: PlanRequest, content: readonly PlanSource[]): number {
  const facts = content[0]?.facts
  if (facts?.kind !== 'pdf') return designedPagesOf(design ?? {}) ?? content.length
  return isSheetArtwork(product, facts) ? 2 * facts.pageCount : facts.pageCount
}

const noContent = (product: Product): Note => ({
  code: 'SOURCE_MISMATCH',
  found: 'no file with the content',
  wanted: product.fileSets.map((set) => set.join(' + ')).join(', or '),
  action: 'Send the files that the product needs.',
})
