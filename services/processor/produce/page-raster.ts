import { join } from 'node:path'
import { type Bitmap, openWithPdfium, type PdfiumDocument } from '../pdfium/document.ts'
import { pieceName, pieceOf } from '../pictures/piece.ts'
import type { PreparedPicture } from '../pictures/prepare-picture.ts'
import { imageEngine } from '../pictures/sharp-engine.ts'
import type { Place } from '../plan/job-plan.ts'
import { bytesOf } from '../ranges/bytes-of.ts'
import { inPoints } from './matrix.ts'

/** Rendered pages of one source, as pictures in the job folder. */
export type PageRaster = (place: Place) => Promise<PreparedPicture>

const quality = 95
const mostPixels = 100_000_000
const pointsPerInch = 72

/** Paints pages with PDFium at the wanted resolution on the sheet, with printed annotations. One engine a file. */
export function createPageRaster(folder: string, file: string): PageRaster {
  let opened: Promise<PdfiumDocument> | undefined
  const made = new Map<string, Promise<PreparedPicture>>()
  return async (place) => {
    opened ??= openWithPdfium(bytesOf(join(folder, file)))
    const document = await opened
    const pixels = pixelsOf(place, document.size(place.page))
    const name = pieceName(['raster', place.source, place.page, pixels, quality])
    const picture =
      made.get(name) ?? piece(folder, name, () => document.render(place.page, pixels.widthPx, pixels.heightPx, true))
    made.set(name, picture)
    return await picture
  }
}

type Pixels = { readonly widthPx: number; readonly heightPx: number }

/** A page painted in an interrupted run is found again. */
async function piece(folder: string, name: string, render: () => Bitmap): Promise<PreparedPicture> {
  const { file, headers } = await pieceOf(folder, name, async (path) => {
    const { data, widthPx, heightPx } = render()
    await imageEngine()(data, { raw: { width: widthPx, height: heightPx, channels: 4 } })
      .removeAlpha()
      .jpeg({ quality, chromaSubsampling: '4:4:4', optimiseCoding: false })
      .toFile(path)
  })
  return { ...headers, file, profile: undefined, covers: { x: 0, y: 0, width: 1, height: 1 } }
}

function pixelsOf(
  { rasterDpi = 300, region, orientation, to }: Place,
  page: { readonly width: number; readonly height: number },
): Pixels {
  const isTurned = orientation > 4
  const sheet = inPoints(to)
  const scale = Math.max(
    sheet.width / (isTurned ? region.height : region.width),
    sheet.height / (isTurned ? region.width : region.height),
  )
  const wanted = (rasterDpi / pointsPerInch) * scale
  const perPoint = Math.min(wanted, Math.sqrt(mostPixels / (page.width * page.height)))
  return {
    widthPx: Math.max(1, Math.round(page.width * perPoint)),
    heightPx: Math.max(1, Math.round(page.height * perPoint)),
  }
}
