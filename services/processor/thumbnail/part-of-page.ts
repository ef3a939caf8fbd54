import { openWithPdfium, type PdfiumDocument } from '../pdfium/document.ts'
import { imageEngine } from '../pictures/sharp-engine.ts'
import { openedBytes } from '../ranges/opened-bytes.ts'
import { keptPart, seenSize, turnOf } from './kept-part.ts'
import { oversamplingOf, type PartRequest, type ShownPart, shownPixels } from './shown-part.ts'
import { tallestPx } from './thumbnail-sizes.ts'

/** Of a whole page of which a small cut is drawn: what is left of a smaller one is not sharp. */
const longestPagePx = 40_000

/**
 * What the edit leaves of a document's page, as it is after print and cut, filled-in fields and all. A page has no size in pixels: it
 * is drawn as large as it takes, and only the part that stays.
 */
export async function partOfPage({ folder, source, page: number, edit, widestPx }: PartRequest): Promise<ShownPart> {
  const opened = openedBytes(folder)
  try {
    const document = await openWithPdfium(opened.of(source.file))
    cropToTrim(document, number)
    const { width, height } = document.size(number)
    const turn = turnOf(1, edit.rotate)
    const { crop = { width: 1, height: 1 } } = edit
    const seen = seenSize({ widthPx: width, heightPx: height }, turn)
    const oversampling = oversamplingOf(widestPx)
    const perPoint = Math.min(
      (oversampling * widestPx) / (seen.widthPx * crop.width),
      (oversampling * tallestPx) / (seen.heightPx * crop.height),
      longestPagePx / Math.max(width, height),
    )
    const page = { widthPx: pixelsOf(width * perPoint), heightPx: pixelsOf(height * perPoint) }
    const { x, y, width: partWidth, height: partHeight } = keptPart(page, turn, edit.crop)
    const part = { left: x, top: page.heightPx - y - partHeight, width: partWidth, height: partHeight }
    const drawn = document.renderPart(number, page.widthPx, page.heightPx, part)
    const raw = { width: drawn.widthPx, height: drawn.heightPx, channels: 4 } as const
    return { ...(await shownPixels(imageEngine()(drawn.data, { raw }))), turn }
  } finally {
    opened.close()
  }
}

const pixelsOf = (length: number): number => Math.max(1, Math.round(length))

/** Nobody sees bleed and marks of a page that says where it is cut. A box that leaves half of the page or less is a slip. */
function cropToTrim(document: PdfiumDocument, page: number): void {
  const [trim, media] = [document.box(page, 'Trim'), document.box(page, 'Crop') ?? document.box(page, 'Media')]
  if (!trim || !media) return
  const isInside =
    trim.x >= media.x - hair &&
    trim.y >= media.y - hair &&
    trim.x + trim.width <= media.x + media.width + hair &&
    trim.y + trim.height <= media.y + media.height + hair
  if (isInside && trim.width * trim.height > (media.width * media.height) / 2) document.crop(page, trim)
}

/** Points by which programs round. */
const hair = 0.1
