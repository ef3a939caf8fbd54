import type { Construction, Product } from '#contracts/catalogue/product.ts'
import type { Box } from '#contracts/geometry/box.ts'
import type { Component } from '#contracts/geometry/component.ts'
import type { Geometry } from '#contracts/geometry/geometry.ts'
import type { Rgb } from '../inspect/facts.ts'
import { calmOf, slate, typeOn } from './colours.ts'
import type { Drawing } from './job-plan.ts'
import { pdfSizeMm, placing, planExactPdfPage, sheetOf, visibleBoxOf } from './pdf-page.ts'
import { fillWithImage, uprightPixels } from './picture.ts'
import { centredIn, fillingPart, fittingBox, type Size, sizeOf, whole } from './placement.ts'
import type { Note, PlannedPage, PlanSource } from './plan-source.ts'
import { mm } from './words.ts'

export type MadeCoverRequest = {
  readonly product: Product
  readonly geometry: Geometry
  readonly cover: Component
  readonly title: string | undefined
  /** Whose first page or picture is shown on the front. */
  readonly front: PlanSource
}

/** Type on a spine keeps this far from its edges (PRINT-FACTS §3). */
const spineSafetyMm = 3.2
/** Space for type narrower than this stays empty: 7 pt is the smallest that prints well. */
const leastSpineTypeMm = 2.4
const frameOfWidth = 0.12
const titleOfHeight = 0.2
/** A framed picture may be cut to this much of its own shape, so that it fills the frame better. */
const reshapeUpTo = 1.2

/**
 * A cover sheet made from the title and the first page or picture. Paperbacks show the page on the whole front and carry
 * its border colour over spine and back; casewraps show the picture framed by a calm colour taken from it, so that nothing
 * is lost in the wrap or the hinge.
 */
export function planMadeCover(request: MadeCoverRequest): PlannedPage {
  const { cover, front, product } = request
  const isBlank = front.facts.look.isBlank
  const isFramed = isBlank || coverKind(product.construction) !== 'wraparound'
  const ground = isBlank ? slate : isFramed ? calmOf(front.facts.look.mean) : front.facts.look.edge
  const art = isBlank ? titleOnly(request, ground) : isFramed ? framed(request, ground) : fullFront(request)
  const note: Note = {
    code: 'COVER_MADE',
    found: 'no cover file',
    wanted: `a cover sheet of ${mm(cover.sheetWidthMm)} × ${mm(cover.sheetHeightMm)} mm`,
    action:
      'A cover was made from the title and the first page. Look at its preview; send a cover file to have your own.',
  }
  return {
    drawings: [{ draw: 'fill', box: sheetOf(cover), colour: ground }, ...art.drawings, ...spineWords(request, ground)],
    notes: [note, ...art.notes],
  }
}

const coverKind = (construction: Construction): string =>
  construction.kind === 'book' ? construction.cover.kind : 'none'

export const panelBox = (cover: Component, name: 'back' | 'spine' | 'front'): Box =>
  cover.panels.find((panel) => panel.name === name)?.box ?? cover.trimBox

function fullFront({ cover, front, product }: MadeCoverRequest): PlannedPage {
  const panel = panelBox(cover, 'front')
  const within = { ...panel, yMm: 0, heightMm: cover.sheetHeightMm, widthMm: cover.sheetWidthMm - panel.xMm }
  const { facts } = front
  if (facts.kind === 'image') {
    const page = fillWithImage({ ...front, facts }, within, product.resolution)
    return page
  }
  const page = facts.pages[0]
  if (!page) return { drawings: [], notes: [] }
  const exact = planExactPdfPage({ ...front, facts }, 1, aroundPanel(panel, cover))?.drawings[0]
  if (exact?.draw === 'place') {
    const to = { ...exact.to, xMm: exact.to.xMm + panel.xMm - cover.trimBox.xMm }
    return { drawings: [{ ...exact, to, within }], notes: [] }
  }
  const visible = visibleBoxOf(page)
  const part = fillingPart(pdfSizeMm(page, visible), sizeOf(panel))
  return { drawings: [placing(front.index, 1, page)(visible, part, panel, within)], notes: [] }
}

/** A sheet of one panel with the cover's margins: what the page would be if the front stood alone. */
function aroundPanel(panel: Box, { trimBox }: Component) {
  return {
    sheetWidthMm: panel.widthMm + 2 * trimBox.xMm,
    sheetHeightMm: panel.heightMm + 2 * trimBox.yMm,
    trimBox: { ...panel, xMm: trimBox.xMm, yMm: trimBox.yMm },
  }
}

function framed({ cover, front, product, title }: MadeCoverRequest, ground: Rgb): PlannedPage {
  const panel = panelBox(cover, 'front')
  const frameMm = panel.widthMm * frameOfWidth
  const titleMm = title ? panel.heightMm * titleOfHeight : frameMm
  const area: Box = {
    xMm: panel.xMm + frameMm,
    yMm: panel.yMm + titleMm,
    widthMm: panel.widthMm - 2 * frameMm,
    heightMm: panel.heightMm - titleMm - frameMm,
  }
  const picture = pictureIn(front, area, product)
  const words = title
    ? [titleWords(title, { ...area, yMm: panel.yMm + titleMm * 0.2, heightMm: titleMm * 0.6 }, ground)]
    : []
  return { drawings: [...picture.drawings, ...words], notes: picture.notes }
}

function pictureIn(front: PlanSource, area: Box, product: Product): PlannedPage {
  const { facts } = front
  if (facts.kind === 'image') {
    const to = framedBox(uprightPixels(facts), area)
    const { drawings, notes } = fillWithImage({ ...front, facts }, to, product.resolution)
    return { drawings, notes: notes.filter(({ code }) => code !== 'CROPPED_MORE_THAN') }
  }
  const page = facts.pages[0]
  if (!page) return { drawings: [], notes: [] }
  const visible = visibleBoxOf(page)
  const to = fittingBox(pdfSizeMm(page, visible), area)
  return { drawings: [placing(front.index, 1, page)(visible, whole, to)], notes: [] }
}

/** As large as the area allows for the picture's shape, or for the shape of the area where that is near. */
function framedBox({ width, height }: Size, area: Box): Box {
  const wanted = area.widthMm / area.heightMm / (width / height)
  const factor = Math.min(reshapeUpTo, Math.max(1 / reshapeUpTo, wanted))
  return centredIn(area, sizeOf(fittingBox({ width: width * factor, height }, area)))
}

function titleOnly({ cover, title }: MadeCoverRequest, ground: Rgb): PlannedPage {
  const panel = panelBox(cover, 'front')
  const sideMm = panel.widthMm * frameOfWidth
  const box: Box = {
    xMm: panel.xMm + sideMm,
    yMm: panel.yMm + panel.heightMm * 0.5,
    widthMm: panel.widthMm - 2 * sideMm,
    heightMm: panel.heightMm * 0.35,
  }
  return { drawings: title ? [titleWords(title, box, ground)] : [], notes: [] }
}

const titleWords = (text: string, box: Box, ground: Rgb): Drawing => ({
  draw: 'words',
  text: text.slice(0, 400),
  box,
  isTurned: false,
  maximumSizePt: 42,
  minimumSizePt: 9,
  maximumLines: 3,
  colour: typeOn(ground),
})

function spineWords({ cover, geometry, title }: MadeCoverRequest, ground: Rgb): Drawing[] {
  const spine = panelBox(cover, 'spine')
  const roomMm = spine.widthMm - 2 * spineSafetyMm
  if (!title || !geometry.isSpineTextAllowed || roomMm < leastSpineTypeMm) return []
  const endMm = Math.max(12, spine.heightMm * 0.08)
  const box = {
    ...spine,
    xMm: spine.xMm + spineSafetyMm,
    widthMm: roomMm,
    yMm: spine.yMm + endMm,
    heightMm: spine.heightMm - 2 * endMm,
  }
  return [
    {
      draw: 'words',
      text: title.slice(0, 400),
      box,
      isTurned: true,
      maximumSizePt: 22,
      minimumSizePt: 6.5,
      maximumLines: 1,
      colour: typeOn(ground),
    },
  ]
}
