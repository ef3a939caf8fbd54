import { pointsOf } from '#contracts/geometry/lengths.ts'
import type { PdfPageFacts, RawBox } from '../inspect/facts.ts'
import type { Keep } from './job-plan.ts'
import { agree, isPaintedOnly, type PageTarget, pdfSizeMm, sheetOf } from './pdf-size.ts'
import { sizeOf } from './placement.ts'

/** Half of this on each side lies beyond the trim and is cut off: a whole millimetre is never seen. */
const keepToleranceMm = 0.5

/**
 * The page as it is, with boxes of the exact sheet around the middle of `region`, or undefined where more than boxes has to
 * change: it is turned, counted in other units, painted upon by annotations, or set in fonts that are not in the file.
 */
export function keptPage(
  source: number,
  number: number,
  page: PdfPageFacts,
  region: RawBox,
  target: PageTarget,
): Keep | undefined {
  if (target.isPart || !isUntouched(page)) return undefined
  if (!agree(pdfSizeMm(page, region), sizeOf(sheetOf(target)), keepToleranceMm)) return undefined
  const width = pointsOf(target.sheetWidthMm)
  const height = pointsOf(target.sheetHeightMm)
  const media = {
    x: region.x + (region.width - width) / 2,
    y: region.y + (region.height - height) / 2,
    width,
    height,
  }
  const { trimBox } = target
  const trim = {
    x: media.x + pointsOf(trimBox.xMm),
    y: media.y + pointsOf(trimBox.yMm),
    width: pointsOf(trimBox.widthMm),
    height: pointsOf(trimBox.heightMm),
  }
  return { draw: 'keep', source, page: number, media, trim }
}

function isUntouched(page: PdfPageFacts): boolean {
  const { orientation, userUnit, printedAnnotations, fonts } = page
  return orientation === 1 && userUnit === 1 && printedAnnotations === 0 && fonts !== 'standard' && !isPaintedOnly(page)
}
