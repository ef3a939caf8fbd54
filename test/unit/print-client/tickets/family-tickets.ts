import { catalogue } from '#contracts/catalogue/catalogue.ts'
import { type Family, families, type Product } from '#contracts/catalogue/product.ts'
import { geometryOf, printedPagesOf } from '#contracts/geometry/geometry.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { sampleTicket } from '../samples.ts'

/** A production ticket as order-api would make it of one product. */
export function ticketOf(product: Product, more: Partial<ProductionTicket> = {}): ProductionTicket {
  const { construction } = product
  const pages = construction.kind === 'book' ? construction.pages.minimum + 40 - (40 % construction.pages.multiple) : 2
  const most = construction.kind === 'book' ? construction.pages.maximum : 4
  const content = construction.kind === 'folded' ? 4 : Math.min(pages, most, construction.kind === 'canvas' ? 1 : most)
  const { components } = geometryOf(product, content)
  const base = sampleTicket('job_01k9ykk0v6mspm1kv0exz7apn3')
  return {
    ...base,
    quantity: 25,
    title: 'The Lighthouse',
    product: {
      sku: product.sku,
      family: product.family,
      title: product.title,
      ...(construction.kind === 'book' ? { binding: construction.binding } : {}),
      trimWidthMm: product.trimWidthMm,
      trimHeightMm: product.trimHeightMm,
      pages: printedPagesOf(product, content),
      paper: Object.fromEntries(Object.entries(product.paper)),
    },
    options: Object.fromEntries(Object.entries(product.options).map(([name, each]) => [name, each.default])),
    files: components.map(({ component, pages: sheets, sheetWidthMm, sheetHeightMm, trimBox }) => ({
      component,
      key: `facilities/fac_test/a/${component}.pdf`,
      contentType: 'application/pdf' as const,
      sizeBytes: 10,
      sha256: 'a'.repeat(64),
      pages: sheets,
      sheetWidthMm,
      sheetHeightMm,
      trimBox,
    })),
    ...more,
  }
}

/** The first product of each family, and the folded card, whose sheet is not its size. */
export const productsOfAllFamilies: readonly Product[] = [
  ...families.map(productOfFamily),
  ...catalogue.filter(({ sku }) => sku === 'card-folded-a6' || sku === 'hardcover-6x9' || sku === 'softcover-6x9'),
]

export function productOfFamily(family: Family): Product {
  const found = catalogue.find((product) => product.family === family)
  if (found === undefined) throw new Error(`No product of the family ${family}`)
  return found
}
