import { hash } from 'node:crypto'
import type { Static } from 'typebox'
import { Transient } from '#chassis/errors.ts'
import type { Keyring } from '#chassis/keyring.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import { CatalogueProduct } from '#contracts/order-api/catalogue.ts'
import { PriceBook } from '#contracts/prices/price-book.ts'
import { ButtonDocument } from '#contracts/published/button-document.ts'
import { CatalogueDocument } from '#contracts/published/catalogue-document.ts'
import { buttonKeyHash, documentPaths } from '#contracts/published/document-paths.ts'
import { FacilitiesDocument } from '#contracts/published/facilities-document.ts'
import { PricesDocument } from '#contracts/published/prices-document.ts'
import { ProofDocument } from '#contracts/published/proof-document.ts'
import { PublicationDocument } from '#contracts/published/publication-document.ts'
import { SaleDocument } from '#contracts/published/sale-document.ts'
import { salePathsOf } from '#contracts/published/sale-paths.ts'
import { taxTable } from '#contracts/taxes/tax-table.ts'
import type { PriceData } from '#pricing/price-data.ts'
import { type ReadWarm, type Warm, type WarmOptions, warmDocuments } from './warm-documents.ts'

/** All that prices are made of but the moment. */
export type Prices = Omit<PriceData, 'now'> & { readonly asOf: string; readonly isStale: boolean }

/** What the checkout reads: published documents alone. Undefined for what is not published; Transient for what cannot be read. */
export type Published = {
  readonly publication: ReadWarm<PublicationDocument>
  readonly sale: ReadWarm<SaleDocument>
  readonly proof: ReadWarm<ProofDocument>
  readonly product: (sku: string) => Promise<Static<typeof CatalogueProduct> | undefined>
  readonly prices: (currency: CurrencyCode) => Promise<Prices>
  /** Of the publication that the buttons of a publishable key stand for. */
  readonly publicationIdOfKey: (publishableKey: string) => Promise<string | undefined>
}

export function createPublished(keyring: Keyring, options: WarmOptions): Published {
  const publications = warmDocuments(
    { name: 'publication', object: 'publication', schema: PublicationDocument },
    options,
  )
  const sales = warmDocuments({ name: 'sale', object: 'sale', schema: SaleDocument }, options)
  const buttons = warmDocuments({ name: 'button', object: 'button', schema: ButtonDocument }, options)
  const proofs = warmDocuments({ name: 'proof', object: 'proof', schema: ProofDocument, isImmutable: true }, options)
  return {
    publication: (id) => publications(documentPaths.publication(id)),
    sale: async (id) => {
      for (const path of salePathsOf(keyring.signatures, id)) {
        const found = await sales(path)
        if (found) return found
      }
      return undefined
    },
    proof: proofs,
    product: readProducts(options),
    prices: readPrices(options),
    publicationIdOfKey: async (publishableKey) => {
      const path = documentPaths.button(buttonKeyHash(hash('sha256', publishableKey, 'hex')))
      return (await buttons(path))?.value.publication_id
    },
  }
}

function readProducts(options: WarmOptions): Published['product'] {
  const catalogues = warmDocuments({ name: 'catalogue', object: 'catalogue', schema: CatalogueDocument }, options)
  const kind = { name: 'product', object: 'product', schema: CatalogueProduct, isImmutable: true } as const
  const products = warmDocuments(kind, options)
  return async (sku) => {
    const catalogue = must(await catalogues(documentPaths.catalogue))
    const entry = catalogue.value.data.find((each) => each.sku === sku)
    return entry && (await products(entry.document))?.value
  }
}

function readPrices(options: WarmOptions): Published['prices'] {
  const facilities = warmDocuments({ name: 'facilities', object: 'facilities', schema: FacilitiesDocument }, options)
  const lists = warmDocuments({ name: 'prices', object: 'prices', schema: PricesDocument }, options)
  const books = warmDocuments({ name: 'price book', schema: PriceBook, isImmutable: true }, options)
  return async (currency) => {
    const [made, list] = await Promise.all([
      facilities(documentPaths.facilities).then(must),
      lists(documentPaths.prices(currency)),
    ])
    // Nothing is sold in a currency without a list.
    const named = list?.value.data ?? []
    const found = await Promise.all(named.map(({ document }) => books(document).then(must)))
    const dates = [made.storedAt, ...(list ? [list.storedAt] : [])].sort()
    return {
      facilities: made.value.data,
      books: found.map(({ value }) => value),
      taxes: taxTable,
      asOf: dates[0] ?? made.storedAt,
      isStale: made.isStale || list?.isStale === true,
    }
  }
}

/** There always is one; a moment without it passes. */
function must<T>(found: Warm<T> | undefined): Warm<T> {
  if (found) return found
  throw new Transient('Something that must be published is not there at the moment.')
}
