import { basename, extname } from 'node:path'
import { catalogue, productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'
import type { FileFacts, PdfFacts } from './file-facts.ts'
import type { PlannedItem, PlannedOrder } from './planned-order.ts'
import { UsageError } from './usage-error.ts'

/** From here on pictures are a book and not posters. */
const photoBookFrom = 24
/** These are only made of a PDF that was drawn for them. */
const drawnFor: readonly Product['family'][] = ['photo_book', 'layflat', 'card', 'calendar']
const exactShare = 0.02

/** One order of all files: each PDF the product that fits it best, the pictures a poster each or a photo book, or all as `sku`. */
export function chooseProducts(files: readonly FileFacts[], sku?: string): PlannedOrder {
  if (sku !== undefined) return { items: itemsOf(sku, files) }
  const pdfs = files.flatMap((file) => (file.kind === 'pdf' ? [file] : []))
  const images = files.filter(({ kind }) => kind === 'image')
  const imagesSku = images.length >= photoBookFrom ? 'photobook-210x280' : 'poster-a3'
  return {
    items: [
      ...pdfs.flatMap((pdf) => itemsOf(bestFor(pdf), [pdf])),
      ...(images.length > 0 ? itemsOf(imagesSku, images) : []),
    ],
  }
}

/** The book or magazine whose page range takes the PDF and whose trim, with or without bleed, is nearest to its pages. */
export function bestFor(pdf: PdfFacts): string {
  let best: { readonly sku: string; readonly distance: number } | undefined
  for (const product of catalogue) {
    const { minimum, maximum } = pageRangeOf(product)
    if (!takes(product, 'interior') || pdf.pages < minimum || pdf.pages > maximum) continue
    const distance = distanceOf(product, pdf)
    if (drawnFor.includes(product.family) && distance > exactShare) continue
    if (!best || distance < best.distance) best = { sku: product.sku, distance }
  }
  return best?.sku ?? (pdf.pages > 64 ? 'softcover-a5' : 'magazine-a4')
}

function itemsOf(sku: string, files: readonly FileFacts[]): PlannedItem[] {
  const product = productOf(sku)
  if (!product) throw new UsageError(`${sku} is not in the catalogue.`)
  const images = files.filter(({ kind }) => kind === 'image')
  const pdfs = files.filter(({ kind }) => kind === 'pdf')
  if (images.length > 0 && takes(product, 'images') && !takes(product, 'image')) {
    if (pdfs.length > 0) throw new UsageError(`${sku} is made of pictures or of a PDF, not of both.`)
    return [{ sku, title: product.title, files: images.map(({ path }) => ({ role: 'images', path })) }]
  }
  return files.map((file) => itemOf(product, file))
}

function itemOf(product: Product, { kind, path }: FileFacts): PlannedItem {
  const role = kind === 'pdf' && takes(product, 'interior') ? 'interior' : 'image'
  if (role === 'image' && !takes(product, 'image')) {
    throw new UsageError(`${product.sku} is made of a PDF; ${path} is a picture.`)
  }
  return { sku: product.sku, title: basename(path, extname(path)), files: [{ role, path }] }
}

function takes(product: Product, role: 'interior' | 'images' | 'image'): boolean {
  return product.fileSets.some((set) => set.length === 1 && set[0] === role)
}

/** 0 = the same size; a page of another shape counts three times as much as one of another size. */
function distanceOf(product: Product, pdf: PdfFacts): number {
  const from = (bleedMm: number) => {
    const width = Math.log(pdf.widthMm / (product.trimWidthMm + 2 * bleedMm))
    const height = Math.log(pdf.heightMm / (product.trimHeightMm + 2 * bleedMm))
    return 3 * Math.abs(width - height) + Math.abs(width + height) / 2
  }
  return Math.min(from(0), from(product.bleedMm))
}
