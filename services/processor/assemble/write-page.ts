import { pointsOf } from '#contracts/geometry/lengths.ts'
import type { WordPainter } from '../fonts/word-painter.ts'
import type { RawBox } from '../inspect/facts.ts'
import type { PdfPage } from '../pdf/pdf-file.ts'
import type { ObjectNumber, PdfWriter } from '../pdf/pdf-writer.ts'
import type { ComponentPlan, Drawing, Keep } from '../plan/job-plan.ts'
import type { ArtworkShelf } from '../produce/artwork-shelf.ts'
import type { Carrier } from '../produce/carrier.ts'
import { inPoints } from '../produce/matrix.ts'
import type { OpenedPdfs } from '../produce/opened-pdfs.ts'
import { referTo } from '../produce/own-object.ts'
import { type Supplies, spaceText } from '../produce/supplies.ts'
import { contentOf, type PageContent } from './page-content.ts'
import { numbersText } from './pdf-text.ts'
import type { PlacePainter } from './place-painter.ts'
import type { SharedContents } from './shared-contents.ts'

/** What a page is written with. */
export type PageTools = {
  readonly boxes: BoxTexts
  readonly writer: PdfWriter
  readonly supplies: Supplies
  readonly shelf: ArtworkShelf
  readonly opened: OpenedPdfs
  readonly paintWords: WordPainter
  readonly paintPlace: PlacePainter
  readonly contents: SharedContents
}

/** Where the page goes: its own number, and the node of the tree above it. */
export type PagePlace = { readonly number: ObjectNumber; readonly parent: ObjectNumber }

/** Writes one page, kept as it is or painted anew; gives the signs that could not be set. */
export async function writePage(
  drawings: readonly Drawing[],
  place: PagePlace,
  tools: PageTools,
): Promise<readonly string[]> {
  const [only] = drawings
  if (only?.draw === 'keep' && drawings.length === 1) {
    keepPage(only, place, tools)
    return []
  }
  const page = await contentOf(drawings, tools.shelf, tools.paintWords, tools.paintPlace)
  paintPage(page, place, tools)
  return page.missing
}

/** Of a kept page only what paints: boxes are ours, and what else the dictionary held (turns, links, actions) is gone. */
function keepPage(keep: Keep, place: PagePlace, { writer, shelf, opened }: PageTools): void {
  const page = opened.pdf(keep.source).pages[keep.page - 1]
  if (!page) throw new Error(`The plan names page ${keep.page}, which does not exist`)
  const entries = keptEntries(page, shelf.carrierOf(keep.source))
  writer.put(
    place.number,
    `<< ${headOf(place, { sheet: boxText(keep.media), trim: boxText(keep.trim) })} ${entries} >>`,
  )
}

function keptEntries({ dict, inherited }: PdfPage, carrier: Carrier): string {
  const group = carrier.group(dict.get('Group'))
  const contents = dict.get('Contents')
  const unit = carrier.file.number(dict.get('UserUnit'))
  return [
    `/Resources ${carrier.resources(dict.get('Resources') ?? inherited.get('Resources'))}`,
    ...(contents === undefined ? [] : [`/Contents ${carrier.text(contents)}`]),
    ...(group === undefined ? [] : [`/Group ${group}`]),
    ...(unit === undefined ? [] : [`/UserUnit ${numbersText([unit])}`]),
  ].join(' ')
}

function paintPage(page: PageContent, place: PagePlace, { boxes, writer, supplies, contents }: PageTools): void {
  const content = contents.numberOf(page.content)
  const artwork = [...page.artwork].map(([name, number]) => `${name} ${referTo(number)}`)
  const fonts = [...page.fonts].map((number) => `/F${number} ${referTo(number)}`)
  const resources = [
    ...(page.hasColour ? [`/ColorSpace << /sRGB ${spaceText(supplies.srgb())} >>`] : []),
    ...(artwork.length > 0 ? [`/XObject << ${artwork.join(' ')} >>`] : []),
    ...(fonts.length > 0 ? [`/Font << ${fonts.join(' ')} >>`] : []),
  ]
  const head = headOf(place, boxes)
  writer.put(place.number, `<< ${head} /Resources << ${resources.join(' ')} >> /Contents ${referTo(content)} >>`)
}

type BoxTexts = { readonly sheet: string; readonly trim: string }

/** Of the pages that are painted anew: the same for all of a print file. */
export const boxTextsOf = ({ sheetWidthMm, sheetHeightMm, trimBox }: ComponentPlan): BoxTexts => ({
  sheet: boxText({ x: 0, y: 0, width: pointsOf(sheetWidthMm), height: pointsOf(sheetHeightMm) }),
  trim: boxText(inPoints(trimBox)),
})

const headOf = ({ parent }: PagePlace, { sheet, trim }: BoxTexts): string =>
  `/Type /Page /Parent ${referTo(parent)} /MediaBox ${sheet} /BleedBox ${sheet} /TrimBox ${trim}`

const boxText = ({ x, y, width, height }: RawBox): string => `[${numbersText([x, y, x + width, y + height])}]`
