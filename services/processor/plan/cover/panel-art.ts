import type { Product } from '#contracts/catalogue/product.ts'
import type { Box } from '#contracts/geometry/box.ts'
import type { Component } from '#contracts/geometry/component.ts'
import { inset } from '#contracts/geometry/lengths.ts'
import type { ImageFacts, PdfFacts } from '../../inspect/facts.ts'
import { clippedPage } from '../clip.ts'
import { white } from '../colours.ts'
import type { Drawing } from '../job-plan.ts'
import { planExactPdfPage } from '../pdf-page.ts'
import { type PageTarget, pdfSizeMm, placing, visibleBoxOf } from '../pdf-size.ts'
import { fillWithImage, fitImage, uprightPixels } from '../picture.ts'
import { centredIn, fittingBox, partSize, type Size, sizeOf } from '../placement.ts'
import { blankPage, type PlannedPage, type PlanSource } from '../plan-source.ts'
import { croppedPart, filledPart } from '../shaping.ts'
import { type Art, type CoverRequest, panelBox } from './cover-request.ts'

/** A framed picture may be cut to this much of its own shape, so that it fills the frame better. */
const reshapeUpTo = 1.2

/** The art on one cover, out to the edges of the sheet, or on a part of it that reaches there. */
export function panelArt(request: CoverRequest, art: Art, side: 'front' | 'back', part?: Box): PlannedPage {
  const { cover, product } = request
  const panel = panelBox(cover, side)
  const area = part ?? outToEdges(panel, cover, side)
  const { facts } = art.source
  if (facts.kind === 'image') return imageOver({ ...art.source, facts }, art, area, product)
  const source = { ...art.source, facts }
  return part ? pageFilling(source, art, { to: area, area }) : pageOver(source, art, { cover, panel, area })
}

/** A panel with the bleed that is outside of it; the spine's side ends at the spine. */
export function outToEdges(panel: Box, { sheetWidthMm, sheetHeightMm }: Component, side: 'front' | 'back'): Box {
  const upright = { yMm: 0, heightMm: sheetHeightMm }
  if (side === 'back') return { ...upright, xMm: 0, widthMm: panel.xMm + panel.widthMm }
  return { ...upright, xMm: panel.xMm, widthMm: sheetWidthMm - panel.xMm }
}

function imageOver(source: PlanSource<ImageFacts>, { shaping }: Art, area: Box, { resolution }: Product): PlannedPage {
  const place = shaping.fit === 'fit' ? fitImage : fillWithImage
  return place(source, area, { resolution, shaping })
}

type Panel = { readonly cover: Component; readonly panel: Box; readonly area: Box }

function pageOver(source: PlanSource<PdfFacts>, { number, shaping }: Art, { cover, panel, area }: Panel): PlannedPage {
  const page = source.facts.pages[number - 1]
  if (!page) return blankPage
  const exact = shaping.crop || shaping.rotate ? undefined : planExactPdfPage(source, number, alone(panel, cover))
  // The page's own bleed on the spine's side is left out: the spine begins there.
  if (exact) {
    const shiftMm = panel.xMm - cover.trimBox.xMm
    const placed = clippedPage(exact, { ...area, xMm: area.xMm - shiftMm }, shiftMm)
    return { drawings: [paper(area), ...placed.drawings], notes: [] }
  }
  return pageFilling(source, { source, number, shaping }, { to: panel, area })
}

/** Paper ends this much before the page on it: drawn to the same edge it would shine through there as a hairline. */
const paperInsetMm = 0.1

/** A page is ink without paper: on a coloured ground its type would drown. */
const paper = (box: Box): Drawing => ({ draw: 'fill', box: inset(box, paperInsetMm), colour: white })

type Filled = { readonly to: Box; readonly area: Box }

/** The page cut to the shape of `to`; its edges are mirrored as far as `area`. */
function pageFilling(source: PlanSource<PdfFacts>, { number, shaping }: Art, { to, area }: Filled): PlannedPage {
  const page = source.facts.pages[number - 1]
  if (!page) return blankPage
  const visible = visibleBoxOf(page)
  const part = filledPart(pdfSizeMm(page, visible), sizeOf(to), shaping)
  return { drawings: [paper(area), placing(source.index, number, page)(visible, part, to, area)], notes: [] }
}

/** The art in a frame of its own on a ground: cut only a little to the frame's shape, a page never. */
export function framedArt({ product }: CoverRequest, art: Art, area: Box): PlannedPage {
  const { facts } = art.source
  if (facts.kind === 'image') {
    const source = { ...art.source, facts }
    const { resolution } = product
    if (art.shaping.fit === 'fit') return fitImage(source, area, { resolution, shaping: art.shaping })
    const seen = partSize(uprightPixels(facts), croppedPart(art.shaping))
    const { drawings, notes } = fillWithImage(source, framedBox(seen, area), { resolution, shaping: art.shaping })
    return { drawings, notes: notes.filter(({ code }) => code !== 'CROPPED_MORE_THAN') }
  }
  const page = facts.pages[art.number - 1]
  if (!page) return blankPage
  const visible = visibleBoxOf(page)
  const part = croppedPart(art.shaping)
  const to = fittingBox(partSize(pdfSizeMm(page, visible), part), area)
  return { drawings: [paper(to), placing(art.source.index, art.number, page)(visible, part, to)], notes: [] }
}

/** As large as the area allows for the picture's shape, or for the shape of the area where that is near. */
function framedBox({ width, height }: Size, area: Box): Box {
  const wanted = area.widthMm / area.heightMm / (width / height)
  const factor = Math.min(reshapeUpTo, Math.max(1 / reshapeUpTo, wanted))
  return centredIn(area, sizeOf(fittingBox({ width: width * factor, height }, area)))
}

/** A sheet of one panel with the cover's margins: what the page would be if the panel stood alone. */
function alone(panel: Box, { trimBox }: Component): PageTarget {
  return {
    sheetWidthMm: panel.widthMm + 2 * trimBox.xMm,
    sheetHeightMm: panel.heightMm + 2 * trimBox.yMm,
    trimBox: { ...panel, xMm: trimBox.xMm, yMm: trimBox.yMm },
    isPart: true,
  }
}
