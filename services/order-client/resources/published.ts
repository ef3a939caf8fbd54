import { type Read, withFreshness } from '../cache/freshness.ts'
import type {
  CatalogueDocument,
  CatalogueProduct,
  FacilitiesDocument,
  OffersDocument,
  PriceBook,
  PricesDocument,
  PublicationDocument,
  StatusDocument,
} from '../contract-types.ts'
import type { CallOptions } from '../http/caller.ts'
import { malformed } from '../http/read-answer.ts'
import { PrintcloudError } from '../printcloud-error.ts'
import { isDocumentPath, previewPathIn, publishedPaths } from '../published/published-paths.ts'
import type { PublishedReader } from '../published/published-reader.ts'

export type StatusOptions = CallOptions & {
  /** The platform itself, or a probe from outside; the platform without it. */
  readonly writtenBy?: 'platform' | 'checkout' | 'probe'
}

/**
 * What everyone may read: files behind the CDN, without a key and without the API. Each is served from what was read within `freshSeconds`,
 * else from the CDN, else from what is kept, marked `isStale`. Rejects with `not_found` for what is not published.
 */
export type PublishedCalls = {
  /** Every product in short. */
  readonly catalogue: (options?: CallOptions) => Promise<Read<CatalogueDocument>>
  /** All there is to know of a product. */
  readonly product: (sku: string, options?: CallOptions) => Promise<Read<CatalogueProduct>>
  /** Who makes what, and where. */
  readonly facilities: (options?: CallOptions) => Promise<Read<FacilitiesDocument>>
  /** Which facilities sell in a currency, and where their price books are. */
  readonly prices: (currency: string, options?: CallOptions) => Promise<Read<PricesDocument>>
  /** A book that `prices` names. */
  readonly priceBook: (named: { readonly document: string }, options?: CallOptions) => Promise<Read<PriceBook>>
  /** What can be sold in a currency, and from how much on. */
  readonly offers: (currency: string, options?: CallOptions) => Promise<Read<OffersDocument>>
  /** What a print button shows. */
  readonly publication: (id: string, options?: CallOptions) => Promise<Read<PublicationDocument>>
  /** A draft, by its `preview_url`. */
  readonly preview: (link: string, options?: CallOptions) => Promise<Read<PublicationDocument>>
  /** How the platform is; compare `next_at` with the time to see whether whoever wrote it still does. */
  readonly status: (options?: StatusOptions) => Promise<Read<StatusDocument>>
}

export function publishedCalls(read: PublishedReader, freshSeconds: number): PublishedCalls {
  const named = <T extends object>(document: unknown, options: CallOptions | undefined, object?: string) => {
    if (typeof document !== 'string' || !isDocumentPath(document)) throw malformed('There came no path of a document')
    const kind = object === undefined ? {} : { object }
    return read<T>({ path: document, freshSeconds: Number.POSITIVE_INFINITY, ...kind }, options)
  }
  const catalogue: PublishedCalls['catalogue'] = (options) =>
    read({ path: publishedPaths.catalogue, object: 'catalogue', freshSeconds }, options)
  return {
    catalogue,
    product: async (sku, options) => {
      const list = await catalogue(options)
      const product = await named<CatalogueProduct>(documentOf(list, sku), options, 'product')
      // The document never changes; which one it is may have changed meanwhile.
      return withFreshness({ ...product }, list.isStale, Date.parse(list.storedAt))
    },
    facilities: (options) => read({ path: publishedPaths.facilities, object: 'facilities', freshSeconds }, options),
    prices: (currency, options) =>
      read({ path: publishedPaths.prices(currency), object: 'prices', freshSeconds }, options),
    priceBook: async ({ document }, options) => await named(document, options),
    offers: (currency, options) =>
      read({ path: publishedPaths.offers(currency), object: 'offers', freshSeconds }, options),
    publication: (id, options) =>
      read({ path: publishedPaths.publication(id), object: 'publication', freshSeconds }, options),
    preview: async (link, options) =>
      // Whoever looks at a draft wants what was saved a moment ago.
      await read({ path: previewPathIn(link), object: 'publication', freshSeconds: 0 }, options),
    status: ({ writtenBy = 'platform', ...options } = {}) =>
      read({ path: publishedPaths.status(writtenBy), object: 'status', freshSeconds }, options),
  }
}

function documentOf({ data }: CatalogueDocument, sku: string): unknown {
  if (!Array.isArray(data)) throw malformed('There came no list of products')
  const entry = data.find((each) => each.sku === sku)
  if (entry !== undefined) return entry.document
  throw new PrintcloudError({
    code: 'not_found',
    title: 'There is nothing here',
    status: 404,
    detail: `"${sku}" is not in the catalogue.`,
    isRetryable: false,
  })
}
