import type { RawBox } from '../inspect/facts.ts'
import { boxEntryOf } from '../pdf/pages.ts'
import type { PdfFile, PdfPage } from '../pdf/pdf-file.ts'
import type { PdfValue } from '../pdf/values.ts'

/** US Letter: what ISO 32000 leaves undefined and every viewer shows when a page has no size. */
const noMediaBox: RawBox = { x: 0, y: 0, width: 612, height: 792 }

export const mediaBoxOf = (file: PdfFile, page: PdfPage): RawBox => boxEntryOf(file, page, 'MediaBox') ?? noMediaBox

/** A rectangle in any corner order; undefined when it is none or has no area. */
export function rectangleIn(file: PdfFile, value: PdfValue | undefined): RawBox | undefined {
  const [x1, y1, x2, y2] = numbersIn(file, value)
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return undefined
  const box = { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) }
  return box.width > 0 && box.height > 0 ? box : undefined
}

/** The numbers of an array, or none. */
export const numbersIn = (file: PdfFile, value: PdfValue | undefined): number[] =>
  (file.array(value) ?? []).slice(0, 8).flatMap((entry) => file.number(entry) ?? [])
