import { join } from 'node:path'
import { openWithPdfium, type PdfiumDocument, PdfiumError } from '../pdfium/document.ts'
import { imageEngine } from '../pictures/sharp-engine.ts'
import type { Keep, Place } from '../plan/job-plan.ts'
import type { OpenedBytes } from '../ranges/opened-bytes.ts'
import type { SourceFile } from '../sandbox/protocol.ts'
import { pixelsOf, type Share, shareOf, turned, whole, within } from './share.ts'

/** Sides of the small square that pictures are compared at. */
export const comparedPx = 64

/** What a drawing takes from its source, upright and small. */
export type SourcePictures = {
  /** RGB of `part` of what is drawn; undefined where the judge cannot show the source. */
  readonly of: (drawing: Place | Keep, part: Share) => Promise<Buffer | undefined>
}

const usualPx = 400
/** So fine that lines which are drawn as one pixel at any scale no longer cover the page. */
export const finePx = 3000

/** Shows sources by PDFium and sharp, each opened once. */
export function openSourcePictures(
  folder: string,
  sources: readonly SourceFile[],
  bytes: OpenedBytes,
  renderedPx: number = usualPx,
): SourcePictures {
  const opened = new Map<number, Promise<PdfiumDocument>>()
  const documentOf = (index: number, file: string): Promise<PdfiumDocument> => {
    const known = opened.get(index) ?? openWithPdfium(bytes.of(file))
    opened.set(index, known)
    return known
  }
  return {
    of: async (drawing, part) => {
      const source = sources[drawing.source]
      if (!source) return undefined
      const path = join(folder, source.file)
      if (source.format === 'pdf') {
        const picture = await shown(
          async () => await documentOf(drawing.source, source.file),
          drawing,
          part,
          renderedPx,
        )
        // An engine that broke on one page is of no use for the next.
        if (!picture) opened.delete(drawing.source)
        return picture
      }
      return drawing.draw === 'place' && source.format !== 'heic' ? await pictureOf(path, drawing, part) : undefined
    },
  }
}

/** A customer's PDF may be one that only other programs open: then there is nothing to compare with. */
async function shown(open: () => Promise<PdfiumDocument>, drawing: Place | Keep, part: Share, px: number) {
  try {
    return await pageOf(await open(), drawing, part, px)
  } catch (error) {
    if (error instanceof PdfiumError) return undefined
    throw error
  }
}

async function pageOf(
  document: PdfiumDocument,
  drawing: Place | Keep,
  part: Share,
  px: number,
): Promise<Buffer | undefined> {
  const { page } = drawing
  if (!document.canShow(page)) return undefined
  const { width, height, own } = document.onPage(page, (open) => ({
    ...open.size(),
    own: open.boxes(['Crop', 'Media']),
  }))
  // A crop box beside its page: nothing is seen of it, and nothing can be drawn.
  if (!(width > 0 && height > 0)) return undefined
  if (!(width > 0 && height > 0)) return undefined
  const scale = px / Math.max(width, height)
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
  const { data } = document.render(page, size.width, size.height, true)
  // A box without an area is no box; PDFium then shows a page of its own choice.
  const crop = own.find((box) => box && box.width > 0 && box.height > 0) ?? { x: 0, y: 0, width, height }
  const [region, orientation] = drawing.draw === 'keep' ? [drawing.trim, 1] : [drawing.region, drawing.orientation]
  const shown = drawing.draw === 'keep' && crop.width === 0 ? whole : turned(shareOf(region, crop), orientation)
  const raw = { width: size.width, height: size.height, channels: 4 } as const
  return await squared(imageEngine()(data, { raw }), pixelsOf(within(part, shown), size.width, size.height))
}

/** A JPEG is decoded at a part of its size, for a part of the work; what is compared keeps at least so many pixels. */
const divisors = [8, 4, 2] as const
const leastPx = 2 * comparedPx

/** What sharp has to do to a stored picture for each EXIF orientation: mirror left to right, then turn clockwise. */
const turns = [
  [false, 0],
  [true, 0],
  [false, 180],
  [true, 180],
  [true, 270],
  [false, 90],
  [true, 90],
  [false, 270],
] as const

async function pictureOf(path: string, { region, pixels, orientation }: Place, part: Share) {
  if (!pixels) return undefined
  const outer = { x: 0, y: 0, width: pixels.widthPx, height: pixels.heightPx }
  const divisor = divisors.find((each) => Math.min(region.width, region.height) / each >= leastPx) ?? 1
  const [widthPx, heightPx] = [Math.ceil(pixels.widthPx / divisor), Math.ceil(pixels.heightPx / divisor)]
  const { data, info } = await imageEngine()(path, { failOn: 'none', autoOrient: false })
    .toColourspace('srgb')
    .flatten({ background: '#ffffff' })
    .resize({ width: widthPx, height: heightPx, fit: 'fill' })
    .extract(pixelsOf(shareOf(region, outer), widthPx, heightPx))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const [isMirrored, angle] = turns[orientation - 1] ?? turns[0]
  const raw = { width: info.width, height: info.height, channels: info.channels }
  const upright = await imageEngine()(data, { raw }).flop(isMirrored).raw().toBuffer()
  const seen = await imageEngine()(upright, { raw }).rotate(angle).raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = seen.info
  return await squared(imageEngine()(seen.data, { raw: { width, height, channels } }), pixelsOf(part, width, height))
}

/** Sized to the square, three channels. */
export const squared = async (
  picture: ReturnType<ReturnType<typeof imageEngine>>,
  part: ReturnType<typeof pixelsOf>,
): Promise<Buffer> =>
  await picture
    .extract(part)
    .resize({ width: comparedPx, height: comparedPx, fit: 'fill' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer()
