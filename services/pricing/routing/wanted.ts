import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { pageRangeOf, printedPagesOf } from '#contracts/geometry/geometry.ts'
import { copyGramsOf } from '#contracts/prices/copy-weight.ts'
import { isPricedByPages } from '#contracts/prices/priced-by-pages.ts'
import { taxClassOf } from '#contracts/taxes/tax-class.ts'
import { listedMinor, pagesMinor, surchargeOf } from '../copy-price.ts'
import type { Load } from '../pack.ts'
import type { PlaceTax } from '../place-tax.ts'
import { taxed } from '../taxed.ts'
import type { RouteItem } from './route-wish.ts'
import type { Line, LineOf, Tariff } from './tariff.ts'

/** An item with all that is the same wherever it is made. */
export type Wanted = {
  readonly ratePercent: number
  readonly lineOf: LineOf
  /** All copies by a site's line, without tax. */
  readonly netOf: (line: Line, isTaxInclusive: boolean) => number
  readonly loadOf: (line: Line) => Load
}

/** Without a margin: it is the same everywhere. */
export function wantedOf(item: RouteItem, placeTax: PlaceTax, { linesOf }: Tariff): Wanted | undefined {
  const { sku, quantity } = item
  const product = productOf(sku)
  if (!product) return undefined
  // As few pages as there can be where nobody says how many: whoever is chosen is asked for them later.
  const pages = item.pages ?? pageRangeOf(product).minimum
  const printedPages = isPricedByPages(product) ? printedPagesOf(product, pages) : undefined
  const ratePercent = placeTax.ratePercent(taxClassOf[product.family])
  const surcharges = createSurcharges(product, item)
  const gramsOf = createGramsOf(pages)
  return {
    ratePercent,
    lineOf: linesOf(product),
    netOf: (line, isTaxInclusive) => {
      const unit = line.base + pagesMinor(printedPages, line.perHundredPages) + surcharges(line)
      const listed = listedMinor(unit, quantity, line.breaks)
      return isTaxInclusive ? taxed(listed, ratePercent, true).net : listed
    },
    loadOf: (line) => ({ sku, copies: quantity, copyGrams: gramsOf(line) }),
  }
}

function createSurcharges(product: Product, { options: wanted }: RouteItem): (line: Line) => number {
  const chosen = Object.entries(product.options).map(
    ([name, { default: usual }]) => [name, wanted?.[name] ?? usual] as const,
  )
  return ({ options }) => {
    let sum = 0
    if (options) for (const [name, value] of chosen) sum += surchargeOf(options, name, value)
    return sum
  }
}

/** A weight is reckoned once for all who make it alike. */
function createGramsOf(pages: number): (line: Line) => number {
  const known = new Map<Product, number>()
  return ({ product, copyGrams }) => {
    const before = copyGrams ?? known.get(product)
    if (before !== undefined) return before
    const grams = copyGramsOf(product, pages) ?? 0
    known.set(product, grams)
    return grams
  }
}
