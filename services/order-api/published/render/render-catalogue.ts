import type { CatalogueDocument } from '#contracts/published/catalogue-document.ts'
import { immutablePaths } from '#contracts/published/document-paths.ts'
import { presentProduct } from '../../catalogue/present-product.ts'
import type { Use } from '../tracked.ts'
import { partOf } from './part-of.ts'
import { type Rendered, rendered } from './rendered.ts'
import type { Sources } from './sources.ts'

/** The list of everything that can be made, and one document of each thing. */
export function renderCatalogue({ catalogue, product }: Sources, use: Use): Rendered {
  const entries = use(catalogue).map(({ sku, family, title, trimWidthMm, trimHeightMm }) => {
    const part = partOf(
      (hash) => immutablePaths.product(sku, hash),
      (useInPart) => presentProduct(wanted(useInPart(product(sku)), sku)),
    )
    const entry = {
      sku,
      family,
      title,
      trim_width_mm: trimWidthMm,
      trim_height_mm: trimHeightMm,
      document: part.path,
    }
    return { part, entry }
  })
  const document: CatalogueDocument = { object: 'catalogue', data: entries.map(({ entry }) => entry) }
  return rendered(document, { parts: entries.map(({ part }) => part) })
}

function wanted<T>(held: T | undefined, sku: string): T {
  if (held === undefined) throw new Error(`${sku} is in the catalogue's list and not in the catalogue`)
  return held
}
