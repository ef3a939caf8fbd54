import type { Static } from 'typebox'
import type { CurrencyCode } from '../money.ts'
import type { CatalogueProduct } from '../order-api/catalogue.ts'
import type { ProofDocument, ProofFit } from '../published/proof-document.ts'
import type { PublicationDocument } from '../published/publication-document.ts'
import type { CheckoutStart } from './start.ts'

/** One thing that can be bought here. */
export type ShopOffer = {
  /** Place in the offers of the publication; `Cart.offer`. */
  readonly offer: number
  readonly product: Static<typeof CatalogueProduct>
  /** As the publisher chose them; the visitor may choose others where a price book has them. */
  readonly options: Readonly<Record<string, string>>
  readonly from: PublicationDocument['offers'][number]['from'] | undefined
  /** What the file becomes as this product; absent where nobody has looked at it yet. */
  readonly fit: ProofFit | undefined
  /** Why it cannot be bought at the moment. */
  readonly closed: 'rejected' | 'no_price' | undefined
}

/** All that the first step shows, out of published documents alone; part of the page, so that it asks nobody. */
export type Shop = {
  readonly start: CheckoutStart
  readonly publication: PublicationDocument
  readonly seller: string
  /** Open, or why not. */
  readonly state: 'open' | 'upcoming' | 'ended' | 'closed'
  readonly offers: readonly ShopOffer[]
  readonly proof: ProofDocument | undefined
  readonly currency: CurrencyCode
  /** ISO 3166-1 codes that something can be sent to from here, guessed from start, address and publication: the first one is chosen. */
  readonly countries: readonly string[]
  /** Where pictures are to be had. */
  readonly cdnUrl: string
  /** The documents could not be read anew. */
  readonly isStale: boolean
}
