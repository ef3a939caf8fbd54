import type { Static } from 'typebox'
import type { Product } from '#contracts/catalogue/product.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'
import type { CatalogueProduct } from '#contracts/order-api/catalogue.ts'

/** A product as the public catalogue shows it. */
export function presentProduct(product: Product): Static<typeof CatalogueProduct> {
  const { construction, resolution, colour } = product
  const { minimum, maximum, multiple } = pageRangeOf(product)
  return {
    sku: product.sku,
    object: 'product',
    family: product.family,
    title: product.title,
    description: product.description,
    ...(construction.kind === 'book' ? { binding: construction.binding } : {}),
    trim_width_mm: product.trimWidthMm,
    trim_height_mm: product.trimHeightMm,
    bleed_mm: product.bleedMm,
    safety_mm: product.safetyMm,
    pages: { minimum, maximum, multiple },
    file_sets: product.fileSets,
    options: product.options,
    paper: Object.fromEntries(Object.entries(product.paper)),
    ...(colour ? { colour: { pictures: colour.pictures, output_intent: colour.outputIntent } } : {}),
    resolution: {
      reject_below_dpi: resolution.rejectBelowDpi,
      minimum_dpi: resolution.minimumDpi,
      good_dpi: resolution.goodDpi,
    },
  }
}
