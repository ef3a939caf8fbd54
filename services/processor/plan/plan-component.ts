import type { Product } from '#contracts/catalogue/product.ts'
import type { Component } from '#contracts/geometry/component.ts'
import type { Geometry } from '#contracts/geometry/geometry.ts'
import type { ImageFacts, PdfFacts } from '../inspect/facts.ts'
import { baseOf } from './base.ts'
import { type BookPage, bookPage } from './binding.ts'
import { chooseArt } from './cover/choose-art.ts'
import { planMadeCover } from './cover/made-cover.ts'
import { planSuppliedCover } from './cover/supplied-cover.ts'
import { planDesignedPages } from './design/planned-design.ts'
import { asInFile } from './facing-pages.ts'
import { finishPictures } from './finish-pictures.ts'
import { cardPage, foldedSides, isSheetArtwork } from './folded.ts'
import { isFirstPageInked } from './inked.ts'
import { padded, planPicturePage } from './interior.ts'
import type { ComponentPlan } from './job-plan.ts'
import { pageConditionNotes } from './page-conditions.ts'
import { planPdfPage } from './pdf-page.ts'
import type { PlanRequest } from './plan-job.ts'
import { blankPage, type Note, type PlannedPage, type PlanSource } from './plan-source.ts'
import { shapingOf } from './shaping.ts'
import { planSheet } from './sheet.ts'
import { asWanted } from './turn.ts'

export type Work = {
  readonly request: PlanRequest
  readonly geometry: Geometry
  readonly component: Component
  /** The sources that carry the pages. */
  readonly content: readonly PlanSource[]
  readonly sources: readonly PlanSource[]
}

/** One print file: what is painted on each of its pages, and what there is to tell about it. */
export function planComponent(work: Work): { readonly plan: ComponentPlan; readonly notes: readonly Note[] } {
  const { request, component, sources } = work
  const { product } = request
  const { pages, notes } = finishPictures(
    pagesOf(work).map((page) => asInFile(page, work.content)),
    sources,
    product,
    request.reduceAbove,
  )
  const { trimBox, safeBox, sheetWidthMm, sheetHeightMm } = component
  const drawings = pages.map((page) => [...page.drawings])
  const base = baseOf(drawings, sources)
  const plan: ComponentPlan = {
    component: component.component,
    title: request.title ?? product.title,
    sheetWidthMm,
    sheetHeightMm,
    trimBox,
    safeBox,
    panels: component.panels.map((panel) => ({ ...panel })),
    outputIntent: product.colour?.outputIntent ?? 'FOGRA39',
    ...(base === undefined ? {} : { base }),
    pages: drawings,
    // Half of a first page may be white although the page is not.
    isFirstPageInked: !work.content.some(({ leaves }) => leaves) && isFirstPageInked(drawings[0] ?? [], sources),
  }
  const seen = new Set<string>()
  const { gutterMm } = work.geometry
  const conditions = drawings.flatMap((each, index) =>
    pageConditionNotes(each, sources, { component, product, number: index + 1, gutterMm }, seen),
  )
  const ofPages = pages.flatMap((page, index) =>
    page.notes.map((note) => ({ ...note, printedOn: { component: component.component, pages: [index + 1] } })),
  )
  return { plan, notes: [...ofPages, ...notes, ...conditions] }
}

function pagesOf(work: Work): readonly PlannedPage[] {
  const { component, geometry, request } = work
  switch (component.component) {
    case 'interior':
      return padded(
        bookPages(work, (number) => bookPage(component, geometry, number)),
        component,
        request.product,
      )
    case 'cover':
      return [coverPage(work)]
    case 'sheet':
      return sheetPages(work)
    default: {
      const never: never = component.component
      return never
    }
  }
}

/** Pages of a PDF in order, pages as a design says, or a picture a page. */
function bookPages({ content, request }: Work, pageAt: (number: number) => BookPage): PlannedPage[] {
  const { product, design } = request
  const first = content[0]
  if (first?.facts.kind === 'pdf') {
    const source = { ...first, facts: first.facts }
    const isCut = first.leaves !== undefined
    return source.facts.pages.map((_, index) => {
      const page = pageAt(index + 1)
      return planPdfPage(source, index + 1, { ...page, isPart: isCut || page.isPart === true })
    })
  }
  const pictures = content.flatMap(picturesOnly)
  if (design?.pages) return planDesignedPages({ design, product, pictures, pageAt })
  const shaping = shapingOf({}, design)
  return pictures.map((source, index) =>
    planPicturePage(asWanted(source, shaping), pageAt(index + 1), product, shaping),
  )
}

const picturesOnly = (source: PlanSource<ImageFacts | PdfFacts>): PlanSource<ImageFacts>[] =>
  source.facts.kind === 'image' ? [{ ...source, facts: source.facts }] : []

function coverPage({ request, geometry, component, content, sources }: Work): PlannedPage {
  const { product, title, design } = request
  const asked = { product, geometry, cover: component, title, design: design?.cover }
  const supplied = sources.find(({ role }) => role === 'cover')
  if (supplied && !design?.cover) return planSuppliedCover(asked, supplied)
  const { front, back, notes } = chooseArt({ design, content, supplied })
  const made = planMadeCover({ ...asked, front, back })
  return { drawings: made.drawings, notes: [...notes, ...made.notes] }
}

function sheetPages(work: Work): PlannedPage[] {
  const { request, component, content } = work
  const { product, design } = request
  const first = content[0]
  if (isFolded(product) && !(first?.facts.kind === 'pdf' && isSheetArtwork(product, first.facts))) {
    return foldedSides(
      component,
      bookPages(work, (number) => cardPage(component, number)),
    )
  }
  if (design?.pages) return bookPages(work, (number) => flatPage(component, number))
  const shaping = shapingOf({}, design)
  return Array.from({ length: component.pages }, (_, index) => {
    const source = first?.facts.kind === 'pdf' ? first : content[index]
    const number = first?.facts.kind === 'pdf' ? index + 1 : 1
    return source ? planSheet({ product, component, source, number, options: request.options, shaping }) : blankPage
  })
}

const isFolded = ({ construction }: Product): boolean => construction.kind === 'folded'

const flatPage = ({ sheetWidthMm, sheetHeightMm, trimBox, safeBox }: Component, number: number): BookPage => ({
  sheetWidthMm,
  sheetHeightMm,
  trimBox,
  safeBox,
  number,
})
