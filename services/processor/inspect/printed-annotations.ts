import type { PdfFile, PdfPage } from '../pdf/pdf-file.ts'
import { rectangleOf } from '../pdf/rectangle-of.ts'
import type { PdfDict, PdfStream, PdfValue } from '../pdf/values.ts'
import type { RawBox } from './facts.ts'

/** An annotation as paper shows it: its appearance, to be stretched onto `rectangle`. */
export type PrintedAnnotation = {
  readonly appearance: PdfStream
  readonly rectangle: RawBox
  /** The layer that it belongs to. */
  readonly layer: PdfValue | undefined
}

const hiddenFlag = 2
const printFlag = 4
const mostAnnotations = 5000

/** The annotations of a page that a press prints: Print set, Hidden not, and an appearance to draw (ISO 32000-1, 12.5.3). */
export function printedAnnotationsOf(file: PdfFile, page: PdfPage): PrintedAnnotation[] {
  return annotationsOf(file, page).flatMap((annotation) => printedOf(file, annotation) ?? [])
}

/** Marks that viewers draw by themselves where the file brings no appearance of them (ISO 32000-1, 12.5.6). */
const drawnByViewers: ReadonlySet<string> = new Set([
  ...['Circle', 'Square', 'Ink', 'FreeText'],
  ...['Highlight', 'Squiggly', 'StrikeOut', 'Underline'],
])

/**
 * Is a printed annotation of this page drawn by viewers alone: a mark without an appearance, or a field whose words the
 * file wants to be set anew? Only another engine's picture of the page shows it then.
 */
export function isDrawnByViewers(file: PdfFile, page: PdfPage): boolean {
  const wantsNew = file.dict(file.catalog.get('AcroForm'))?.get('NeedAppearances') === true
  return annotationsOf(file, page).some((annotation) => {
    if (!isPrinted(file, annotation) || !rectangleOf(file, annotation.get('Rect'))) return false
    const kind = file.name(annotation.get('Subtype')) ?? ''
    if (kind === 'Widget') return wantsNew && isOfWords(file, annotation)
    return drawnByViewers.has(kind) && !annotation.has('AP')
  })
}

const mostParents = 20

/** A field of text or of choices, with a value to show. */
function isOfWords(file: PdfFile, widget: PdfDict): boolean {
  const entry = (key: string): PdfValue | undefined => {
    let field: PdfDict | undefined = widget
    for (let step = 0; field && step < mostParents; step += 1) {
      if (field.has(key)) return field.get(key)
      field = file.dict(field.get('Parent'))
    }
    return undefined
  }
  return ['Tx', 'Ch'].includes(file.name(entry('FT')) ?? '') && entry('V') !== undefined
}

/** Nothing but links to pages and addresses: left out of the new page dictionary, nothing of them is left to act. */
export function hasOnlyLinks(file: PdfFile, page: PdfPage): boolean {
  return annotationsOf(file, page).every(
    (annotation) => file.name(annotation.get('Subtype')) === 'Link' && !printedOf(file, annotation),
  )
}

function annotationsOf(file: PdfFile, page: PdfPage): PdfDict[] {
  const list = page.dict.has('Annots') ? file.array(page.dict.get('Annots')) : undefined
  return (list ?? []).slice(0, mostAnnotations).flatMap((entry) => file.dict(entry) ?? [])
}

function printedOf(file: PdfFile, annotation: PdfDict): PrintedAnnotation | undefined {
  if (!isPrinted(file, annotation) || file.name(annotation.get('Subtype')) === 'Popup') return undefined
  const rectangle = rectangleOf(file, annotation.get('Rect'))
  const appearance = appearanceOf(file, annotation)
  return rectangle && appearance ? { appearance, rectangle, layer: annotation.get('OC') } : undefined
}

function isPrinted(file: PdfFile, annotation: PdfDict): boolean {
  const flags = file.number(annotation.get('F')) ?? 0
  return (flags & printFlag) !== 0 && (flags & hiddenFlag) === 0
}

function appearanceOf(file: PdfFile, annotation: PdfDict): PdfStream | undefined {
  const normal = file.dict(annotation.get('AP'))?.get('N')
  const only = file.stream(normal)
  if (only) return only
  const state = file.name(annotation.get('AS'))
  return state === undefined ? undefined : file.stream(file.dict(normal)?.get(state))
}
