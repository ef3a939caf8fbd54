import type { PixelBox } from '../pictures/recipe.ts'
import type { Engine } from './engine.ts'

/** Pixels as RGBA, rows from the top. */
export type Bitmap = { readonly widthPx: number; readonly heightPx: number; readonly data: Buffer }

const bgra = 4
const withAnnotationsFlag = 0x01
const reverseByteOrder = 0x10
const forPrinting = 0x800

/** A page of this size in pixels, and the part of it that is wanted: all of it without. */
export type PictureSpec = {
  readonly widthPx: number
  readonly heightPx: number
  readonly withAnnotations: boolean
  readonly part?: PixelBox
}

/** An open page on white, as it is printed. */
export function rendered(
  engine: Engine,
  page: number,
  { widthPx, heightPx, withAnnotations, part }: PictureSpec,
): Bitmap {
  const { left, top, width, height } = part ?? { left: 0, top: 0, width: widthPx, height: heightPx }
  const bitmap = engine.call('FPDFBitmap_CreateEx', width, height, bgra, 0, 0)
  if (bitmap === 0) throw new Error('PDFium has no memory for the picture')
  try {
    engine.call('FPDFBitmap_FillRect', bitmap, 0, 0, width, height, 0xff_ff_ff_ff)
    const flags = reverseByteOrder | forPrinting | (withAnnotations ? withAnnotationsFlag : 0)
    engine.call('FPDF_RenderPageBitmap', bitmap, page, -left, -top, widthPx, heightPx, 0, flags)
    const start = engine.call('FPDFBitmap_GetBuffer', bitmap)
    const data = Buffer.from(engine.memory().slice(start, start + width * height * 4))
    return { widthPx: width, heightPx: height, data }
  } finally {
    engine.call('FPDFBitmap_Destroy', bitmap)
  }
}
