import { type Bitmap, openWithPdfium } from '../../../../services/processor/pdfium/document.ts'

export type Rgb = readonly [red: number, green: number, blue: number]

/** A page drawn by PDFium at `dpi`, and the colour at a place in millimetres from its upper left corner. */
export type Seen = { readonly bitmap: Bitmap; readonly at: (xMm: number, yMm: number) => Rgb }

export async function seen(file: Uint8Array, page: number, dpi: number): Promise<Seen> {
  const document = await openWithPdfium(file)
  const { width, height } = document.size(page)
  const perPoint = dpi / 72
  const bitmap = document.render(page, Math.round(width * perPoint), Math.round(height * perPoint))
  const pixel = (x: number, y: number): Rgb => {
    const at = (Math.min(bitmap.heightPx - 1, y) * bitmap.widthPx + Math.min(bitmap.widthPx - 1, x)) * 4
    return [bitmap.data[at] ?? 0, bitmap.data[at + 1] ?? 0, bitmap.data[at + 2] ?? 0]
  }
  return { bitmap, at: (xMm, yMm) => pixel(Math.floor((xMm / 25.4) * dpi), Math.floor((yMm / 25.4) * dpi)) }
}

/** Largest difference of a channel between two pictures of one size, and the mean of all. */
export function difference(one: Bitmap, other: Bitmap): { readonly largest: number; readonly mean: number } {
  let largest = 0
  let sum = 0
  for (let at = 0; at < one.data.length; at += 1) {
    const apart = Math.abs((one.data[at] ?? 0) - (other.data[at] ?? 0))
    largest = Math.max(largest, apart)
    sum += apart
  }
  return { largest, mean: sum / one.data.length }
}

export const apart = (one: Rgb, other: Rgb): number =>
  Math.max(...one.map((value, index) => Math.abs(value - (other[index] ?? 0))))
