import type { FileRole, Product } from '#contracts/catalogue/product.ts'
import { designIssues } from '#contracts/design-issues.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'
import type { Facts, Unreadable } from '../inspect/facts.ts'
import type { PlanRequest } from './plan-job.ts'
import type { Note } from './plan-source.ts'

const unreadableWords: Record<Unreadable['code'], { readonly wanted: string; readonly action: string }> = {
  PASSWORD_REQUIRED: {
    wanted: 'a file that opens without a password',
    action: 'Save the document without an opening password and send it again.',
  },
  CORRUPT_UNRECOVERABLE: {
    wanted: 'a whole, readable file',
    action: 'Export the file again from the program that made it, and send it again.',
  },
  EMPTY_DOCUMENT: { wanted: 'at least one page', action: 'Check the export and send the file again.' },
  RESOURCE_LIMIT: {
    wanted: 'a document that opens with reasonable work',
    action: 'Print the document to a new PDF and send that.',
  },
  TOO_LARGE: { wanted: 'at most 200 megapixels', action: 'Reduce the picture and send it again.' },
}

/** The refusal of a file that cannot be opened. */
export function unreadableNote(label: string, { code, detail }: Unreadable): Note {
  return { code, file: label, found: detail, ...unreadableWords[code] }
}

/** The refusal of a damaged document of which nothing but empty pages could be saved, or nothing: nobody wants those printed. */
export function nothingSavedNotes(label: string, facts: Facts): Note[] {
  if (facts.kind !== 'pdf' || !facts.wasRepaired || !facts.pages.every(({ isBlank }) => isBlank)) return []
  const found = `a damaged file of which ${facts.pageCount === 1 ? 'an empty page is' : 'empty pages are'} left`
  return [{ code: 'CORRUPT_UNRECOVERABLE', file: label, found, ...unreadableWords.CORRUPT_UNRECOVERABLE }]
}

const takes: Record<FileRole, readonly Facts['kind'][]> = {
  interior: ['pdf'],
  cover: ['pdf', 'image'],
  image: ['pdf', 'image'],
  images: ['image'],
}

/** The refusal of a readable file in a role that cannot take it, or nothing. */
export function roleNotes(label: string, role: FileRole, kind: 'pdf' | 'image'): Note[] {
  if (takes[role].includes(kind)) return []
  const wanted = role === 'interior' ? 'a PDF with all pages' : 'a JPEG, PNG, TIFF, WebP, AVIF or GIF'
  const action =
    role === 'interior'
      ? 'Send the pages as one PDF, or send pictures as "images" where the product takes them.'
      : 'Send a PDF as "interior", and each page of "images" as a picture of its own.'
  return [{ code: 'SOURCE_MISMATCH', file: label, found: kind === 'pdf' ? 'a PDF' : 'a picture', wanted, action }]
}

/** The refusals of a design that does not fit its product or its files. */
export function designNotes({ design, product, sources }: PlanRequest): Note[] {
  if (!design) return []
  const roles = [...new Set(sources.map(({ role }) => role))]
  const images = sources.filter(({ role }) => role === 'images').length
  return designIssues(design, product, { roles, images }).map(({ pointer, detail }) => ({
    code: 'SOURCE_MISMATCH',
    found: `a design that cannot be made at design${pointer}`,
    wanted: detail,
    action: 'Correct the design and send the order again.',
  }))
}

/** The refusal of a page count outside the product's range, or nothing. */
export function pageCountNotes(product: Product, label: string, pages: number): Note[] {
  const { minimum, maximum } = pageRangeOf(product)
  if (pages >= minimum && pages <= maximum) return []
  const few = pages < minimum
  const missing = few ? minimum - pages : pages - maximum
  const advice = few
    ? `Add ${missing} ${missing === 1 ? 'page' : 'pages'}, or choose a product that takes fewer.`
    : `Take out ${missing} ${missing === 1 ? 'page' : 'pages'}, or choose a product that takes more.`
  return [
    {
      code: 'PAGE_COUNT_OUT_OF_RANGE',
      file: label,
      ...(few ? {} : { page: maximum + 1 }),
      found: `${pages} ${pages === 1 ? 'page' : 'pages'}`,
      wanted: minimum === maximum ? `exactly ${minimum}` : `${minimum} to ${maximum} pages`,
      action: adviceFor(product, maximum) ?? advice,
    },
  ]
}

function adviceFor({ construction }: Product, maximum: number): string | undefined {
  if (maximum === 1) return 'Send one picture or a PDF of one page.'
  if (construction.kind === 'flat') return 'Send the front, or front and back.'
  return construction.kind === 'folded' ? 'Send front, inside left, inside right and back, in this order.' : undefined
}
