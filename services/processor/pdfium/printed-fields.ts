import type { Engine } from './engine.ts'

const widget = 20
const mostAnnotations = 5000
const forPrint = 1
const bgra = 4
const withAnnotations = 0x01

/**
 * PDFium leaves form fields out of its pictures of annotations. Those that are printed become part of the opened page,
 * with all its other printed annotations, which shows once the page is opened again. The file stays as it is.
 */
export function paintPrintedFields(engine: Engine, page: number): void {
  if (!hasFields(engine, page)) return
  // Fields that want to be set anew get their words when annotations are drawn for the first time.
  const bitmap = engine.call('FPDFBitmap_CreateEx', 1, 1, bgra, 0, 0)
  engine.call('FPDF_RenderPageBitmap', bitmap, page, 0, 0, 1, 1, 0, withAnnotations)
  engine.call('FPDFBitmap_Destroy', bitmap)
  engine.call('FPDFPage_Flatten', page, forPrint)
}

function hasFields(engine: Engine, page: number): boolean {
  const count = Math.min(engine.call('FPDFPage_GetAnnotCount', page), mostAnnotations)
  for (let index = 0; index < count; index += 1) {
    const annotation = engine.call('FPDFPage_GetAnnot', page, index)
    const isField = annotation !== 0 && engine.call('FPDFAnnot_GetSubtype', annotation) === widget
    if (annotation !== 0) engine.call('FPDFPage_CloseAnnot', annotation)
    if (isField) return true
  }
  return false
}
