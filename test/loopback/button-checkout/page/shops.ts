import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Shop, ShopOffer } from '#contracts/checkout/shop.ts'
import { geometryOf } from '#contracts/geometry/geometry.ts'
import type { ProofDocument, ProofFit } from '#contracts/published/proof-document.ts'
import { presentProduct } from '../../../../services/order-api/catalogue/present-product.ts'

type Wanted = { readonly sku: string; readonly fit?: Partial<ProofFit>; readonly closed?: ShopOffer['closed'] }

const picture = (name: string, width: number, height: number) => ({
  ...{ width_px: width, height_px: height, colour: '#b7a58a' },
  sources: [
    { width_px: Math.round(width / 2), path: `/pictures/${name}/${Math.round(width / 2)}` },
    { width_px: width, path: `/pictures/${name}/${width}` },
  ],
})

function offerOf({ sku, fit, closed }: Wanted, offer: number): ShopOffer {
  const product = productOf(sku)
  if (!product) throw new Error(sku)
  return {
    ...{ offer, product: presentProduct(product), options: {}, closed },
    from: closed
      ? undefined
      : { amount: 1180 + offer * 900, currency: 'EUR', gross: 1286 + offer * 981, country: 'NL' },
    fit: { offer, sku, outcome: closed === 'rejected' ? 'rejected' : 'ready', findings: [], ...fit },
  }
}

const finding = (code: ProofFit['findings'][number]['code'], severity: 'warn' | 'reject' | 'fixed', rest: object) => ({
  ...{ code, severity, found: '', wanted: '', why: '', action: '', ...rest },
})

function shopOf(id: string, title: string, proof: ProofDocument | undefined, offers: readonly Wanted[]): Shop {
  return {
    start: { publication: `pub_01k9x000000000000000000${id}`, origin: 'https://shop.example' },
    publication: {
      ...{
        object: 'publication',
        id: `pub_01k9x000000000000000000${id}`,
        is_test: true,
        version: 1,
        state: 'open',
        title,
      },
      texts: { en: { description: 'Forty pages of lighthouses, on real paper.' } },
      thumbnail: picture('cover', 480, 640),
      ...(proof ? {} : { file_comes_later: true as const }),
      offers: [],
    },
    ...{ seller: 'Harbour Press', state: 'open', proof, currency: 'EUR', cdnUrl: '', isStale: false },
    offers: offers.map(offerOf),
    countries: ['NL', 'DE', 'FR', 'US', 'GB', 'ES', 'CN'],
  }
}

const pages = (count: number) => ({ pages: count, printed_pages: count })

/** A magazine of 24 pages: two products fit, one does not. */
export const magazine = (): Shop =>
  shopOf(
    '0aa',
    'Harbour Lights, issue 12',
    {
      ...{ object: 'proof', kind: 'document', pages: 24, page_width_mm: 210, page_height_mm: 297 },
      shown: [1, 2, 3, 4, 5, 6, 7, 8, 24].map((page) => ({ page, picture: picture(`page-${page}`, 640, 905) })),
      fits: [],
    },
    [
      {
        sku: 'magazine-a4',
        fit: {
          ...pages(24),
          findings: [
            finding('RESOLUTION_LOW', 'warn', {
              page: 7,
              found: '96 dpi (800 × 600 pixels)',
              wanted: 'at least 150 dpi',
            }),
            finding('BLEED_MIRRORED', 'fixed', {}),
          ],
        },
      },
      { sku: 'hardcover-a4', fit: pages(24) },
      {
        sku: 'softcover-a5',
        closed: 'rejected',
        fit: { findings: [finding('PAGE_COUNT_OUT_OF_RANGE', 'reject', {})] },
      },
    ],
  )

/** One landscape picture as a canvas and as a poster. */
export const artPrint = (): Shop =>
  shopOf(
    '0bb',
    'Evening at the pier',
    {
      ...{ object: 'proof', kind: 'picture', width_px: 3000, height_px: 2000 },
      shown: [{ page: 1, picture: picture('art', 1200, 800) }],
      fits: [],
    },
    [
      { sku: 'canvas-30x40', fit: pages(1) },
      { sku: 'poster-a3', fit: pages(1) },
      { sku: 'canvas-60x90', fit: pages(1) },
    ],
  )

/** A file that its publisher sends after the sale. */
export const toCome = (): Shop => shopOf('0cc', 'The album of your day', undefined, [{ sku: 'photobook-210x280' }])

/** So that a change of the catalogue that breaks these shops is seen here. */
export const spineOf = (sku: string, count: number): number | undefined => {
  const product = productOf(sku)
  return product && geometryOf(product, count).spine?.widthMm
}
