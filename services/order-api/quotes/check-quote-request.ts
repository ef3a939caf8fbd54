import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { QuoteRequest } from '#contracts/order-api/quote.ts'
import type { Issue } from '#contracts/parse.ts'
import { countryIssues, optionIssues, pageIssues, unknownSku } from '../orders/check-request.ts'

/** Every fault of a wish for a quote that the schema cannot see: the same words as for an order. */
export const checkQuoteRequest = ({ recipient, items }: QuoteRequest): Issue[] => [
  ...countryIssues(recipient.country, '/recipient/country'),
  ...items.flatMap((item, index) => {
    const pointer = `/items/${index}`
    const product = productOf(item.sku)
    if (!product) return [unknownSku(item.sku, `${pointer}/sku`)]
    return [...pageIssues(item, product, `${pointer}/pages`), ...optionIssues(item, product, `${pointer}/options`)]
  }),
]
