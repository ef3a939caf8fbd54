import { catalogue } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { Facility } from '#contracts/facility.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import { type TaxTable, taxTable } from '#contracts/taxes/tax-table.ts'
import { Tracked } from '../tracked.ts'

/** What documents are made of beside the thing that they show: each to be had with its tag only. */
export type Sources = {
  readonly taxes: Tracked<TaxTable>
  readonly catalogue: Tracked<readonly Product[]>
  /** Holds nothing for a sku that the catalogue does not have (any more). */
  readonly product: (sku: string) => Tracked<Product | undefined>
  readonly facilities: Tracked<readonly Facility[]>
  /** The books of a currency that hold now or will. Throws where they cannot be read. */
  readonly books: (currency: CurrencyCode) => Tracked<readonly PriceBook[]>
  readonly page: (file: string) => Tracked<string | undefined>
  readonly now: Date
}

/** As they were read. */
export type RawSources = {
  readonly facilities: readonly Facility[]
  readonly books: readonly PriceBook[]
  /** Currencies whose books cannot be read, and why. */
  readonly unread?: ReadonlyMap<CurrencyCode, unknown>
  /** File → its text. */
  readonly pages: ReadonlyMap<string, string>
  readonly now: Date
  /** The release's own, unless a test says otherwise. */
  readonly products?: readonly Product[]
  readonly taxes?: TaxTable
}

export function trackedSources(raw: RawSources): Sources {
  const { products = catalogue, taxes = taxTable, now } = raw
  const bySku = new Map(products.map((product) => [product.sku, product]))
  return {
    taxes: new Tracked('release', taxes),
    catalogue: new Tracked('catalogue', products),
    product: (sku) => new Tracked(tagOf.product(sku), bySku.get(sku)),
    facilities: new Tracked('facilities', raw.facilities),
    books: (currency) => {
      if (raw.unread?.has(currency)) throw raw.unread.get(currency)
      return new Tracked(
        tagOf.prices(currency),
        raw.books.filter((book) => book.currency === currency),
      )
    },
    page: (file) => new Tracked(tagOf.page(file), raw.pages.get(file)),
    now,
  }
}
