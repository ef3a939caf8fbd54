import type { Row } from '../row.ts'
import { canvasRow } from './canvas.ts'
import { documentRows } from './documents.ts'
import { photoBookRows } from './photo-book.ts'

/** The work of PRINT-FILES §7, in its order. */
export const rows: readonly Row[] = [...photoBookRows, ...documentRows, canvasRow]
