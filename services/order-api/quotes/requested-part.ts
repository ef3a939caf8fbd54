import type { CurrencyCode } from '#contracts/money.ts'
import type { OrderRequest } from '#contracts/order-api/order-request.ts'
import type { QuoteRequest } from '#contracts/order-api/quote.ts'
import { contentPagesOf } from '#pricing/content-pages.ts'
import { destinationOf, type PricedPart } from '#pricing/price-order.ts'

/** The priced part of an order that is being placed. */
export const partOfOrder = (request: OrderRequest, currency: CurrencyCode): PricedPart => ({
  currency,
  destination: destinationOf(request.recipient.address),
  items: request.items.map((item) => {
    const pages = contentPagesOf(item)
    const { sku, quantity, options = {} } = item
    return { sku, quantity, options, ...(pages === undefined ? {} : { pages }) }
  }),
})

/** The priced part of what a quote is asked for. */
export const partOfQuote = (request: QuoteRequest, currency: CurrencyCode): PricedPart => ({
  currency,
  destination: destinationOf(request.recipient),
  recipientPointer: '/recipient',
  items: request.items.map(({ sku, quantity, pages, options = {} }) => ({
    ...{ sku, quantity, options },
    ...(pages === undefined ? {} : { pages }),
  })),
})
