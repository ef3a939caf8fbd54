import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Shop, ShopOffer } from '#contracts/checkout/shop.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'
import { fromPrice } from '#pricing/from-price.ts'
import type { PriceData } from '#pricing/price-data.ts'
import { contentPagesOf, fitOf } from './content-pages.ts'
import { sendableCountries, withFirst } from './sendable-countries.ts'
import { stateOf } from './state-of.ts'
import type { Wares } from './wares.ts'

export type ShopView = {
  readonly now: Date
  readonly cdnUrl: string
  /** Of the visitor, as the browser says. */
  readonly region: string | undefined
  /** Whether this world can be paid in. */
  readonly isPayable: boolean
}

/** What the first step shows of the wares. Pure. */
export function shopOf(wares: Wares, { now, cdnUrl, region, isPayable }: ShopView): Shop {
  const { start, sale, proof, isStale } = wares
  const data: PriceData = { ...wares.prices, policy: sale.routing, now }
  const open = sale.offers.map(({ sku }) => sku)
  const wished = [start.country, sale.country, region]
  const countries = withFirst(sendableCountries(open, sale.currency, data), wished)
  const offers = sale.offers.flatMap((_, offer) => shopOffer(wares, offer, countries[0], data) ?? [])
  const isClosed = !isPayable || offers.every(({ closed }) => closed !== undefined)
  const state = stateOf(sale, now)
  return {
    start,
    publication: titled(wares),
    seller: sale.seller,
    state: state === 'open' && isClosed ? 'closed' : state,
    offers,
    proof,
    currency: sale.currency,
    countries,
    cdnUrl,
    isStale,
  }
}

/** The button names what its own file is called, in every language; nothing else of a publication is for it to say. */
function titled({ sale, publication, start }: Pick<Wares, 'sale' | 'publication' | 'start'>): Wares['publication'] {
  if (sale.content.kind !== 'page' || start.title === undefined) return publication
  const texts = Object.entries(publication.texts ?? {}).map(([language, { title: _, ...others }]) => [language, others])
  return { ...publication, title: start.title, texts: Object.fromEntries(texts) }
}

function shopOffer(wares: Wares, offer: number, country: string | undefined, data: PriceData): ShopOffer | undefined {
  const { sale } = wares
  const offered = sale.offers[offer]
  const shown = wares.products[offer]
  const product = productOf(offered?.sku ?? '')
  if (!offered || !shown || !product) return undefined
  const { options = {}, margin } = offered
  const pages = contentPagesOf(wares, offer)
  const from = fromPrice({ product, currency: sale.currency, pages, options, margin, country }, data)
  const fit = fitOf(wares, offer)
  const isTooLong = pages !== undefined && pages > pageRangeOf(product).maximum
  const closed = fit?.outcome === 'rejected' || isTooLong ? 'rejected' : from === undefined ? 'no_price' : undefined
  return { offer, product: shown, options, from, fit, closed }
}
