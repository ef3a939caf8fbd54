import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { PublicationFields, PublicationOffer } from '#contracts/order-api/publication.ts'
import type { Issue } from '#contracts/parse.ts'
import { optionIssues, pageIssues, unknownSku } from '../orders/check-request.ts'
import { fingerprintOf } from '../store/idempotency.ts'

/** Products that exist, with options that they have, each only once, and with as many pages as they can have. */
export function offerIssues({ offers, content }: PublicationFields): Issue[] {
  const seen = new Map<string, number>()
  return offers.flatMap((offer, index) => {
    const pointer = `/offers/${index}`
    const product = productOf(offer.sku)
    if (!product) return [unknownSku(offer.sku, `${pointer}/sku`)]
    const name = fingerprintOf({ sku: offer.sku, options: chosenOptions(offer, product) })
    const twin = seen.get(name)
    seen.set(name, twin ?? index)
    return [
      ...(twin === undefined
        ? []
        : [{ pointer, detail: `is the same product with the same options as /offers/${twin}` }]),
      ...optionIssues({ options: offer.options ?? {} }, product, `${pointer}/options`),
      ...marginIssues(offer, `${pointer}/margin`),
      ...(content.pages === undefined ? [] : pageIssues({ pages: content.pages }, product, '/content/pages')),
    ]
  })
}

/** What is not said is the product's default: to say it is no other offer. */
function chosenOptions({ options }: PublicationOffer, product: Product): Readonly<Record<string, string>> {
  const defaults = Object.entries(product.options).map(([name, option]) => [name, option.default] as const)
  return { ...Object.fromEntries(defaults), ...options }
}

function marginIssues({ margin }: PublicationOffer, pointer: string): Issue[] {
  if (margin === undefined || !('percent' in margin)) return []
  const { percent } = margin
  if (Math.round(percent * 100) / 100 === percent) return []
  return [{ pointer: `${pointer}/percent`, detail: `may have two decimals; found ${percent}` }]
}
