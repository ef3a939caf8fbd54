import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import type { PublicationDocument } from '#contracts/published/publication-document.ts'
import type { SaleDocument } from '#contracts/published/sale-document.ts'
import { taxTable } from '#contracts/taxes/tax-table.ts'
import { localFacilities } from '../../../../local/facilities.ts'
import { localPriceBooks } from '../../../../local/prices/local-price-books.ts'
import type { Published } from '../../../../services/button-checkout/offer/published.ts'
import { presentProduct } from '../../../../services/order-api/catalogue/present-product.ts'

export const publicationId = 'pub_01k9x0000000000000000000ab'
const testPublicationId = 'pub_01k9x0000000000000000000at'
const made = { accountId: 'acc_01k9x0000000000000000000ac', publicationId }
const skus = ['poster-a3', 'magazine-a5'] as const
const pages = 16

/** What is published, as the checkout reads it, and hands that change it: the publisher's margin, the operator's prices. */
export function createShelf({ accountId, publicationId: soldId } = made) {
  let marginMinor = 300
  let version = 1
  const sale = (id: string): SaleDocument => ({
    object: 'sale',
    publication_id: id,
    account_id: accountId,
    is_test: id === testPublicationId,
    version,
    seller: 'Harbour Press',
    title: 'Harbour Lights',
    content: { kind: 'url', url: 'https://example.com/harbour.pdf', pages },
    offers: skus.map((sku) => ({ sku, margin: { amount: marginMinor } })),
    currency: 'EUR',
  })
  const publication = (id: string): PublicationDocument => ({
    object: 'publication',
    id,
    is_test: id === testPublicationId,
    version,
    state: 'open',
    title: 'Harbour Lights',
    pages,
    offers: [],
  })
  /** Books of these prices: the same for as long as nobody edits them. */
  let books = localPriceBooks
  const warm = <T>(value: T) => ({ value, storedAt: '2027-03-01T10:00:00Z', isStale: false })
  const isOurs = (id: string) => id === soldId || id === testPublicationId
  const published: Published = {
    publication: async (id) => (isOurs(id) ? warm(publication(id)) : undefined),
    sale: async (id) => (isOurs(id) ? warm(sale(id)) : undefined),
    proof: async () => undefined,
    product: async (sku) => {
      const product = productOf(sku)
      return product && presentProduct(product)
    },
    prices: async () => ({
      facilities: localFacilities,
      books,
      taxes: taxTable,
      asOf: '2027-03-01T10:00:00Z',
      isStale: false,
    }),
    publicationIdOfKey: async () => undefined,
  }
  return {
    published,
    editMargin: (minor: number) => {
      marginMinor = minor
      version += 1
    },
    editPrices: (percent: number) => {
      books = localPriceBooks.map((book) => scaled(book, percent))
    },
  }
}

function scaled(book: PriceBook, percent: number): PriceBook {
  const part = (amount: number): number => Math.max(1, Math.round((amount * percent) / 100))
  const products = Object.entries(book.products).map(([sku, price]) => [sku, { ...price, base: part(price.base) }])
  return { ...book, products: Object.fromEntries(products) }
}
