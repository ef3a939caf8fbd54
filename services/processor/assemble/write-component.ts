import { deflateSync } from 'node:zlib'
import { pointsOf } from '#contracts/geometry/box.ts'
import type { ComponentPlan, Drawing, Place } from '../plan/job-plan.ts'
import { followedBy, inPoints, placementOf, type Rectangle } from '../produce/matrix.ts'
import { mirroredPaintings } from '../produce/mirror.ts'
import type { Artwork, ArtworkShelf } from '../produce/open-sources.ts'
import { coverTypeface } from '../produce/typeface.ts'
import { writeWords } from '../produce/write-words.ts'
import { numbersText, textString } from './pdf-text.ts'
import { type ObjectNumber, type PdfWriter, referTo } from './pdf-writer.ts'

/** What the file could not print, to be told: signs that the typeface lacks. */
export type WrittenComponent = { readonly missing: readonly string[] }

/**
 * Writes one print file: a page for each display list, MediaBox = BleedBox = the sheet, TrimBox = the finished size.
 * No dates and no random ids, so that the same plan gives the same bytes.
 */
export async function writeComponent(
  plan: ComponentPlan,
  shelf: ArtworkShelf,
  writer: PdfWriter,
  documentId: string,
): Promise<WrittenComponent> {
  const tree = writer.reserve()
  const pages: ObjectNumber[] = []
  const missing = new Set<string>()
  for (const drawings of plan.pages) {
    const page = await contentOf(drawings, shelf)
    for (const sign of page.missing) missing.add(sign)
    pages.push(writePage(plan, page, tree, writer))
  }
  writer.put(tree, `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map(referTo).join(' ')}] >>`)
  const root = writer.reserve()
  writer.put(root, `<< /Type /Catalog /Pages ${referTo(tree)} ${shelf.layersEntry()} >>`)
  const info = writer.reserve()
  writer.put(info, `<< /Title ${textString(plan.title)} /Producer (Printcloud) /Trapped /False >>`)
  writer.finish(root, info, documentId)
  return { missing: [...missing] }
}

type PageContent = {
  readonly content: string
  readonly artwork: ReadonlyMap<string, ObjectNumber>
  readonly missing: readonly string[]
}

async function contentOf(drawings: readonly Drawing[], shelf: ArtworkShelf): Promise<PageContent> {
  const parts: string[] = []
  const artwork = new Map<string, ObjectNumber>()
  const missing: string[] = []
  for (const drawing of drawings) {
    switch (drawing.draw) {
      case 'fill': {
        const { red, green, blue } = drawing.colour
        parts.push(
          `q ${numbersText([red / 255, green / 255, blue / 255])} rg ${rectangle(inPoints(drawing.box))} re f Q`,
        )
        break
      }
      case 'words': {
        const words = writeWords(drawing, await coverTypeface())
        parts.push(words.content)
        missing.push(...words.missing)
        break
      }
      case 'place': {
        const placed = await shelf.artworkOf(drawing)
        const name = `/X${placed.number}`
        artwork.set(name, placed.number)
        parts.push(...paint(drawing, placed, name))
        break
      }
      case 'keep':
        throw new Error('Pages are not kept yet')
      default: {
        const never: never = drawing
        return never
      }
    }
  }
  return { content: parts.join('\n'), artwork, missing }
}

function paint(place: Place, { unitWidth, unitHeight }: Artwork, name: string): string[] {
  const to = inPoints(place.to)
  const matrix = followedBy([unitWidth, 0, 0, unitHeight, 0, 0], placementOf(place.region, place.orientation, to))
  return mirroredPaintings(matrix, to, inPoints(place.within)).map(
    (painting) => `q ${rectangle(painting.clip)} re W n ${matrixText(painting.matrix)} cm ${name} Do Q`,
  )
}

const rectangle = ({ x, y, width, height }: Rectangle): string => numbersText([x, y, width, height])

/** Scales of large images are small numbers: six decimals keep a metre exact to a thousandth of a millimetre. */
const matrixText = (matrix: readonly number[]): string =>
  matrix.map((value, place) => (place < 4 ? value.toFixed(9).replace(/\.?0+$/, '') : numbersText([value]))).join(' ')

function writePage(plan: ComponentPlan, page: PageContent, tree: ObjectNumber, writer: PdfWriter): ObjectNumber {
  const content = writer.reserve()
  writer.putStream(content, '/Filter /FlateDecode', deflateSync(Buffer.from(page.content, 'latin1')))
  const sheet = `[${numbersText([0, 0, pointsOf(plan.sheetWidthMm), pointsOf(plan.sheetHeightMm)])}]`
  const trim = inPoints(plan.trimBox)
  const trimText = `[${numbersText([trim.x, trim.y, trim.x + trim.width, trim.y + trim.height])}]`
  const artwork = [...page.artwork].map(([name, number]) => `${name} ${referTo(number)}`).join(' ')
  const number = writer.reserve()
  writer.put(
    number,
    `<< /Type /Page /Parent ${referTo(tree)} /MediaBox ${sheet} /BleedBox ${sheet} /TrimBox ${trimText} ` +
      `/Resources << /XObject << ${artwork} >> >> /Contents ${referTo(content)} >>`,
  )
  return number
}
