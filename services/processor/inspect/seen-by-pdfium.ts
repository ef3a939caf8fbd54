import type { PdfFile } from '../pdf/pdf-file.ts'
import type { PdfiumDocument } from '../pdfium/document.ts'
import { PdfiumError } from '../pdfium/pdfium-error.ts'
import type { Look, PdfPageFacts } from './facts.ts'
import { hasUndeclaredBleed } from './undeclared-bleed.ts'

/** What only a rendering tells. */
export type Seen = {
  readonly pages: PdfPageFacts[]
  readonly look: Look
  /** PDFium could not go on with the file, although something is wanted of it. */
  readonly isBeyondPdfium?: boolean
}

const lookPx = 64
const white = { red: 255, green: 255, blue: 255 } as const
/** Where nobody looked, or PDFium could not: nothing is known of the colours. */
const unseen: Look = { edge: white, mean: white, isBlank: false }

/** Completes facts of pages. PDFium is loaded and the file opened only where something is asked that it alone can tell. */
export async function seenByPdfium(
  { bytes }: PdfFile,
  pages: readonly PdfPageFacts[],
  needsLook: boolean,
): Promise<Seen> {
  if (!needsLook && !pages.some((page) => page.needsRaster || page.fonts === 'missing' || hasUndeclaredBleed(page)))
    return { look: unseen, pages: [...pages] }
  const { openWithPdfium } = await import('../pdfium/document.ts')
  const { realBleeds } = await import('./bleed.ts')
  try {
    const opened = await openWithPdfium(bytes)
    const bleeds = realBleeds(pages, opened, bytes.isFar)
    const look = needsLook ? await lookOfPage(opened) : unseen
    return { look, pages: pages.map((page, index) => completed(page, index, bleeds.get(index), opened)) }
  } catch (error) {
    if (!(error instanceof PdfiumError)) throw error
    return { look: unseen, pages: pages.map(({ needsRaster: _, ...page }) => page), isBeyondPdfium: !bytes.isFar }
  }
}

function completed(
  { needsRaster, ...facts }: PdfPageFacts,
  index: number,
  isBleedReal: boolean | undefined,
  opened: PdfiumDocument,
): PdfPageFacts {
  return {
    ...facts,
    ...(isBleedReal === undefined ? {} : { isBleedReal }),
    ...(needsRaster && opened.canShow(index + 1) ? { needsRaster } : {}),
  }
}

async function lookOfPage(opened: PdfiumDocument): Promise<Look> {
  if (!opened.canShow(1)) return unseen
  const { lookOf } = await import('./look.ts')
  const { width, height } = opened.size(1)
  const heightPx = Math.min(256, Math.max(8, Math.round((lookPx * height) / Math.max(1, width))))
  return lookOf(opened.render(1, lookPx, heightPx, true))
}
