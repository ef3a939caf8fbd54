import type { RawBox } from '../inspect/facts.ts'
import { boxEntryOf } from '../pdf/pages.ts'
import type { PdfFile, PdfPage } from '../pdf/pdf-file.ts'
import type { PdfValue } from '../pdf/values.ts'

/** US Letter: what ISO 32000 leaves undefined and every viewer shows when a page has no size. */
const noMediaBox: RawBox = { x: 0, y: 0, width: 612, height: 792 }

export const mediaBoxOf = (file: PdfFile, page: PdfPage): RawBox => boxEntryOf(file, page, 'MediaBox') ?? noMediaBox

/** The numbers of an array, or none. */
export const numbersIn = (file: PdfFile, value: PdfValue | undefined): number[] =>
  (file.array(value) ?? []).slice(0, 8).flatMap((entry) => file.number(entry) ?? [])
