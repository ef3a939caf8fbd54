import type { RawBox } from '../inspect/facts.ts'
import type { PdfFile } from './pdf-file.ts'
import type { PdfValue } from './values.ts'

/** A rectangle with its corners in any order; undefined for what is none or has no area. */
export function rectangleOf(file: PdfFile, value: PdfValue | undefined): RawBox | undefined {
  const [x1, y1, x2, y2] = (file.array(value) ?? []).slice(0, 4).map((entry) => file.number(entry))
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return undefined
  const box = { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) }
  return box.width > 0 && box.height > 0 ? box : undefined
}
