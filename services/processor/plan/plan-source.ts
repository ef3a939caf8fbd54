import type { FileRole } from '#contracts/catalogue/product.ts'
import type { FindingCode } from '#contracts/finding-codes.ts'
import type { Finding } from '#contracts/findings.ts'
import type { Box } from '#contracts/geometry/box.ts'
import type { ImageFacts, PdfFacts } from '../inspect/facts.ts'
import type { Drawing } from './job-plan.ts'

/** A source that could be opened: `index` is its place among the ticket's sources. */
export type PlanSource<F = ImageFacts | PdfFacts> = {
  readonly index: number
  readonly role: FileRole
  readonly label: string
  readonly facts: F
  /** Of facing pages that were cut apart: the page of the file that each single page comes from. */
  readonly leaves?: readonly number[]
}

/** Pages of one print file, from 1. */
export type PrintedOn = NonNullable<Finding['printedOn']>

/** Something to tell about one page or picture, before notes of the same kind are gathered into findings. */
export type Note = {
  readonly code: FindingCode
  readonly file?: string
  /** Of the source. */
  readonly page?: number
  readonly printedOn?: PrintedOn
  readonly where?: Box
  readonly found: string
  readonly wanted: string
  readonly action: string
}

/** A note before it is said of which file and page it is. */
export type LooseNote = Omit<Note, 'file' | 'page' | 'printedOn'>

/** One side of a sheet: what is painted, and what there is to tell about it. */
export type PlannedPage = { readonly drawings: readonly Drawing[]; readonly notes: readonly Note[] }

export const blankPage: PlannedPage = { drawings: [], notes: [] }
