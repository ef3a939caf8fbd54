import type { Static } from 'typebox'
import type { CheckoutStart } from '#contracts/checkout/start.ts'
import type { CatalogueProduct } from '#contracts/order-api/catalogue.ts'
import type { ProofDocument } from '#contracts/published/proof-document.ts'
import type { PublicationDocument } from '#contracts/published/publication-document.ts'
import type { SaleDocument } from '#contracts/published/sale-document.ts'
import type { Prices } from './published.ts'

/** Everything that is known of a publication that somebody wants to buy, read at one moment: prices are made of this and nothing else. */
export type Wares = {
  readonly start: CheckoutStart
  readonly publication: PublicationDocument
  readonly sale: SaleDocument
  readonly proof: ProofDocument | undefined
  /** By the place in the offers of the sale. */
  readonly products: readonly (Static<typeof CatalogueProduct> | undefined)[]
  readonly prices: Prices
  readonly isStale: boolean
}
