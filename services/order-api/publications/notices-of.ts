import { productOf } from '#contracts/catalogue/catalogue.ts'
import { productAt } from '#contracts/facility.ts'
import type { PublicationFields, PublicationOffer } from '#contracts/order-api/publication.ts'
import { booksNow } from '#pricing/books-now.ts'
import { fromPrice } from '#pricing/from-price.ts'
import type { PriceData } from '#pricing/price-data.ts'

type Fields = Pick<PublicationFields, 'offers' | 'content' | 'currency' | 'country'>

/** What is as its publisher says and may not be as he means: offers that visitors cannot buy at the moment, and why. Pure. */
export function noticesOf(fields: Fields, data: PriceData): string[] {
  return fields.offers.flatMap((offer, index) => {
    const why = whyUnsold(offer, fields, data)
    return why === undefined ? [] : [`/offers/${index}: ${offer.sku} cannot be bought at the moment: ${why}`]
  })
}

function whyUnsold(
  { sku, options, margin }: PublicationOffer,
  { content, currency, country }: Fields,
  data: PriceData,
): string | undefined {
  const product = productOf(sku)
  if (!product) return 'it is in no catalogue any more; offer another product.'
  if (fromPrice({ product, currency, pages: content.pages, options, margin, country }, data)) return undefined
  const makers = data.facilities.filter((facility) => productAt(facility, product))
  if (makers.length === 0) return 'no facility makes it; offer another product, or wait for one that does.'
  if (makers.every(({ status }) => status !== 'open')) {
    return 'every facility that makes it takes no orders now; it comes back by itself.'
  }
  const sold = currenciesOf(sku, data)
  const elsewhere = sold.length === 0 ? 'it has no price at all yet' : `it is sold in ${sold.join(', ')}`
  if (sold.includes(currency)) return `nobody sells it with these options and pages in ${currency}; try others.`
  return `nobody sells it in ${currency}; ${elsewhere}.`
}

/** In which an open facility has a price for it today. */
function currenciesOf(sku: string, data: PriceData): readonly string[] {
  const open = data.facilities.filter(({ status }) => status === 'open')
  const sold = open.flatMap(({ id }) => booksNow(id, data)).filter(({ products }) => Object.hasOwn(products, sku))
  return [...new Set(sold.map(({ currency }) => currency))].sort()
}
