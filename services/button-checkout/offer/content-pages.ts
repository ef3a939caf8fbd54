import { productOf } from '#contracts/catalogue/catalogue.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'
import { isPricedByPages } from '#contracts/prices/priced-by-pages.ts'
import type { ProofFit } from '#contracts/published/proof-document.ts'
import type { Wares } from './wares.ts'

/** What the file becomes as this offer, where somebody looked at it. A proof of other offers than these is none. */
export function fitOf({ proof, sale }: Pick<Wares, 'proof' | 'sale'>, offer: number): ProofFit | undefined {
  const sku = sale.offers[offer]?.sku
  return proof?.fits.find((fit) => fit.offer === offer && fit.sku === sku)
}

/**
 * Pages of content of an offer, as it is ordered: as they were counted, else as the publisher says, else (where the page names the file) as the
 * button says. Too few are filled up with blank ones. Undefined where nobody knows, or the product is one sheet.
 */
export function contentPagesOf(
  wares: Pick<Wares, 'proof' | 'sale' | 'publication' | 'start'>,
  offer: number,
): number | undefined {
  const { sale, publication, start } = wares
  const product = productOf(sale.offers[offer]?.sku ?? '')
  if (!product || !isPricedByPages(product)) return undefined
  const said = sale.content.pages ?? publication.pages
  const pages =
    fitOf(wares, offer)?.pages ?? wares.proof?.pages ?? said ?? (sale.content.kind === 'page' ? start.pages : undefined)
  return pages === undefined ? undefined : Math.max(pages, pageRangeOf(product).minimum)
}
