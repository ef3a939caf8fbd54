import type { Box } from '#contracts/geometry/box.ts'
import type { Component } from '#contracts/geometry/component.ts'
import { inset } from '#contracts/geometry/lengths.ts'
import type { Rgb } from '../../inspect/facts.ts'
import { calmOf, slate } from '../colours.ts'
import { sheetOf } from '../pdf-size.ts'
import { blankPage, type Note, type PlannedPage } from '../plan-source.ts'
import { mm } from '../words.ts'
import { barcodeFieldOn, barcodeOn } from './barcode.ts'
import { type Art, type CoverRequest, isCased, panelBox, safePanel, safetyMmOf } from './cover-request.ts'
import { type FrontWords, frontWords, spineRoom, spineTextOf, spineWords } from './cover-words.ts'
import { framedArt, outToEdges, panelArt } from './panel-art.ts'

export type MadeCoverRequest = CoverRequest & {
  /** Shown on the front; absent for a cover of colour and words. */
  readonly front: Art | undefined
  readonly back: Art | undefined
  /** The customer drew whole sides: each fills its board, and nothing is written on it. */
  readonly areSidesWhole?: boolean
}

const frameOfWidth = 0.12
/** Of a casewrap's board: title and subtitle at its foot, and the air between them and the picture. */
const wordsOfHeight = 0.15
const airOfHeight = 0.04
/** Where a paperback's title stands below its picture. */
const titleBandOfHeight = 0.32

/**
 * A cover sheet made from the title and the first page or picture, or as a design says. Paperbacks show the page on the
 * whole front and carry its border colour over spine and back; casewraps show the picture framed by a calm colour taken
 * from it, so that nothing is lost in the wrap or the hinge.
 */
export function planMadeCover(request: MadeCoverRequest): PlannedPage {
  const { cover, design } = request
  const seen = { ...request, front: seenArt(request.front), back: seenArt(request.back) }
  const ground = groundOf(seen)
  const front = frontPage(seen, ground)
  const back = seen.back ? backPage(seen, seen.back) : blankPage
  const barcode = design?.barcode ? barcodeOn(panelBox(cover, 'back'), design.barcode, safetyMmOf(cover)) : []
  return {
    drawings: [
      { draw: 'fill', box: sheetOf(cover), colour: ground },
      ...back.drawings,
      ...front.drawings,
      ...barcode,
      ...spineWords(request, ground),
    ],
    notes: [madeNote(request), ...front.notes, ...back.notes],
  }
}

/** A blank page is no art: colour and title are better than white. */
function seenArt(art: Art | undefined): Art | undefined {
  if (!art) return undefined
  const { facts } = art.source
  const isBlank = facts.kind === 'pdf' && art.number > 1 ? facts.pages[art.number - 1]?.isBlank : facts.look.isBlank
  return isBlank ? undefined : art
}

/** The look of a source is that of its first page. */
function groundOf(request: MadeCoverRequest): Rgb {
  const { design, front } = request
  if (design?.colour) return rgbOf(design.colour)
  if (!front || front.number > 1) return slate
  const { look } = front.source.facts
  return isFullFront(request) ? look.edge : calmOf(look.mean)
}

function rgbOf(hex: string): Rgb {
  const channel = (from: number): number => Number.parseInt(hex.slice(from, from + 2), 16)
  return { red: channel(1), green: channel(3), blue: channel(5) }
}

/** A page or picture that is the whole front: words would stand on it twice. */
const isFullFront = ({ product, design, areSidesWhole }: MadeCoverRequest): boolean =>
  areSidesWhole === true ||
  (!isCased(product) && (design?.from !== undefined || (design?.title === undefined && design?.subtitle === undefined)))

function frontPage(request: MadeCoverRequest, ground: Rgb): PlannedPage {
  const { front, product, design, title } = request
  const words = { title: design?.title ?? title, subtitle: design?.subtitle }
  if (!front) return { drawings: wordsAlone(request, words, ground), notes: [] }
  if (isFullFront(request)) return panelArt(request, front, 'front')
  return isCased(product) ? framedFront(request, front, words, ground) : titledFront(request, front, words, ground)
}

function backPage(request: MadeCoverRequest, back: Art): PlannedPage {
  if (!isCased(request.product) || request.areSidesWhole) return panelArt(request, back, 'back')
  const frame = framed(request.cover, 'back')
  const barcode = barcodeField(request)
  const foot = barcode ? barcode.yMm + barcode.heightMm + frame.heightMm * airOfHeight : frame.yMm
  return framedArt(request, back, above(frame, Math.max(0, foot - frame.yMm)))
}

const barcodeField = ({ cover, design }: CoverRequest): Box | undefined =>
  design?.barcode ? barcodeFieldOn(panelBox(cover, 'back'), safetyMmOf(cover)) : undefined

/** Inside a frame of even width that is never narrower than what is kept free of words. */
function framed(cover: Component, side: 'front' | 'back'): Box {
  const panel = panelBox(cover, side)
  return inset(panel, Math.max(panel.widthMm * frameOfWidth, safetyMmOf(cover)))
}

/** Without `footMm` at its foot. */
const above = (box: Box, footMm: number): Box => ({
  ...box,
  yMm: box.yMm + footMm,
  heightMm: box.heightMm - footMm,
})

function framedFront(request: CoverRequest, front: Art, words: FrontWords, ground: Rgb): PlannedPage {
  const { cover } = request
  const { heightMm } = panelBox(cover, 'front')
  const frame = framed(cover, 'front')
  if (words.title === undefined && words.subtitle === undefined) return framedArt(request, front, frame)
  const safe = safePanel(cover, 'front')
  const box = { ...safe, heightMm: heightMm * wordsOfHeight }
  const foot = safe.yMm + heightMm * (wordsOfHeight + airOfHeight)
  const picture = framedArt(request, front, above(frame, foot - frame.yMm))
  return { drawings: [...picture.drawings, ...frontWords(words, box, ground)], notes: picture.notes }
}

/** The picture out to the edges above, title and subtitle on the ground below it. */
function titledFront(request: CoverRequest, front: Art, words: FrontWords, ground: Rgb): PlannedPage {
  const { cover } = request
  const panel = panelBox(cover, 'front')
  const bandMm = panel.heightMm * titleBandOfHeight
  const foot = panel.yMm + bandMm
  const area = { ...outToEdges(panel, cover, 'front'), yMm: foot, heightMm: cover.sheetHeightMm - foot }
  const picture = panelArt(request, front, 'front', area)
  const frame = framed(cover, 'front')
  const low = Math.max(bandMm * 0.22, safetyMmOf(cover))
  const box = { ...frame, yMm: panel.yMm + low, heightMm: bandMm * 0.82 - low }
  return { drawings: [...picture.drawings, ...frontWords(words, box, ground)], notes: picture.notes }
}

function wordsAlone({ cover }: CoverRequest, words: FrontWords, ground: Rgb) {
  const panel = panelBox(cover, 'front')
  const box = { ...framed(cover, 'front'), yMm: panel.yMm + panel.heightMm * 0.5, heightMm: panel.heightMm * 0.35 }
  return frontWords(words, box, ground)
}

function madeNote(request: MadeCoverRequest): Note {
  const { cover, design } = request
  const isSpineEmpty = spineTextOf(request) !== undefined && !spineRoom(request)
  const spine = isSpineEmpty ? ' The spine is too narrow for text and stays without.' : ''
  const action = design
    ? 'A cover was drawn as the design says. Look at its preview.'
    : 'A cover was made from the title and the first page. Look at its preview; send a cover file to have your own.'
  return {
    code: 'COVER_MADE',
    found: design ? 'a design of the cover' : 'no cover file',
    wanted: `a cover sheet of ${mm(cover.sheetWidthMm)} × ${mm(cover.sheetHeightMm)} mm`,
    action: `${action}${spine}`,
  }
}
