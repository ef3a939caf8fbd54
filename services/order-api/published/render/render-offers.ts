import type { CurrencyCode } from '#contracts/money.ts'
import type { OffersDocument } from '#contracts/published/prices-document.ts'
import { fromPrice } from '#pricing/from-price.ts'
import type { Use } from '../tracked.ts'
import { firstDayOf } from './first-day.ts'
import { type Rendered, rendered } from './rendered.ts'
import type { Sources } from './sources.ts'

/** What can be sold in a currency and from how much on; nothing where it has no price book. */
export function renderOffers(currency: CurrencyCode, sources: Sources, use: Use): Rendered | undefined {
  const { now } = sources
  const books = use(sources.books(currency))
  if (books.length === 0) return undefined
  const data = { facilities: use(sources.facilities), books, taxes: use(sources.taxes), now }
  const offers = use(sources.catalogue).flatMap((product) => {
    const from = fromPrice({ product, currency }, data)
    return from ? [{ sku: product.sku, title: product.title, family: product.family, from }] : []
  })
  const document: OffersDocument = { object: 'offers', currency, data: offers }
  return rendered(document, { changesAt: firstDayOf(books, now) })
}
