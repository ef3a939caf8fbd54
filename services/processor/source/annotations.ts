import { PDFArray, PDFDict, PDFName, PDFNumber, PDFRawStream } from '@cantoo/pdf-lib'
import type { RawBox } from '../inspect/facts.ts'
import { entryOf, type PdfPage, type PdfSource, rectangleOf } from './pdf-source.ts'

/** An annotation as paper shows it: its appearance, to be stretched onto `rectangle`. */
export type PrintedAnnotation = { readonly appearance: PDFRawStream; readonly rectangle: RawBox }

const hiddenFlag = 2
const printFlag = 4
const mostAnnotations = 5000

/** The annotations of a page that a press prints: Print set, Hidden not, and an appearance to draw (ISO 32000-1, 12.5.3). */
export function printedAnnotationsOf(source: PdfSource, page: PdfPage): PrintedAnnotation[] {
  const list = entryOf(source, page, 'Annots')
  if (!(list instanceof PDFArray)) return []
  const count = Math.min(list.size(), mostAnnotations)
  return Array.from({ length: count }, (_, place) => list.lookup(place)).flatMap((annotation) => {
    const printed = annotation instanceof PDFDict ? printedOf(annotation) : undefined
    return printed ? [printed] : []
  })
}

function printedOf(annotation: PDFDict): PrintedAnnotation | undefined {
  const flags = annotation.lookup(PDFName.of('F'))
  const value = flags instanceof PDFNumber ? flags.asNumber() : 0
  if ((value & printFlag) === 0 || (value & hiddenFlag) !== 0) return undefined
  if (annotation.lookup(PDFName.of('Subtype')) === PDFName.of('Popup')) return undefined
  const rectangle = rectangleOf(annotation.lookup(PDFName.of('Rect')))
  const appearance = appearanceOf(annotation)
  return rectangle && appearance ? { appearance, rectangle } : undefined
}

function appearanceOf(annotation: PDFDict): PDFRawStream | undefined {
  const appearances = annotation.lookup(PDFName.of('AP'))
  const normal = appearances instanceof PDFDict ? appearances.lookup(PDFName.of('N')) : undefined
  if (normal instanceof PDFRawStream) return normal
  const state = annotation.lookup(PDFName.of('AS'))
  const chosen = normal instanceof PDFDict && state instanceof PDFName ? normal.lookup(state) : undefined
  return chosen instanceof PDFRawStream ? chosen : undefined
}
