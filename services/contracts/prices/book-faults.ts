import { catalogue } from '../catalogue/catalogue.ts'
import { type Facility, productAt } from '../facility.ts'
import type { Issue } from '../parse.ts'
import { copyGramsOf } from './copy-weight.ts'
import { countryFaults } from './country-faults.ts'
import type { PriceBook, ProductPrice, ShippingRate } from './price-book.ts'
import { isPricedByPages } from './priced-by-pages.ts'

/**
 * What the schema of a price book cannot see, so that no order meets it: steps that do not ascend, options that the product does not
 * have, things without a weight, products that the facility makes and the book forgot (`isComplete`).
 */
export function bookFaults(book: PriceBook, facility: Facility, isComplete: boolean): Issue[] {
  const made = catalogue.flatMap((product) => productAt(facility, product) ?? [])
  const forgotten = made.filter(({ sku }) => isComplete && !Object.hasOwn(book.products, sku))
  return [
    ...forgotten.map(({ sku }) => ({ pointer: `/products/${sku}`, detail: `is missing: ${facility.id} makes it` })),
    ...Object.entries(book.products).flatMap(([sku, price]) => {
      const product = made.find((each) => each.sku === sku)
      if (!product) return [{ pointer: `/products/${sku}`, detail: `is not made by ${facility.id}` }]
      const pointer = `/products/${sku}`
      return [
        ...optionFaults(price, Object.entries(product.options), pointer),
        ...breakFaults(price, pointer),
        ...(price.perHundredPages === undefined || isPricedByPages(product)
          ? []
          : [{ pointer: `${pointer}/perHundredPages`, detail: 'this product has no pages to choose; use base' }]),
        ...(price.copyGrams === undefined && copyGramsOf(product) === undefined
          ? [{ pointer: `${pointer}/copyGrams`, detail: 'is required: the papers of this product tell no weight' }]
          : []),
      ]
    }),
    ...shippingFaults(book),
    ...zoneFaults(book),
  ]
}

function optionFaults(
  { options = {} }: ProductPrice,
  known: readonly (readonly [string, { readonly values: readonly string[] }])[],
  pointer: string,
): Issue[] {
  return Object.entries(options).flatMap(([name, surcharges]) => {
    const values = known.find(([each]) => each === name)?.[1].values ?? []
    return Object.keys(surcharges)
      .filter((value) => !values.includes(value))
      .map((value) => ({ pointer: `${pointer}/options/${name}/${value}`, detail: 'is no option of this product' }))
  })
}

function breakFaults({ breaks = [] }: ProductPrice, pointer: string): Issue[] {
  return isAscending(breaks.map(({ from }) => from)) && isAscending(breaks.map(({ percentOff }) => percentOff))
    ? []
    : [{ pointer: `${pointer}/breaks`, detail: 'must ascend, in copies and in percent' }]
}

/** A country of two zones would have the rates of the first; one that there is not would have none that anybody meets. */
function zoneFaults({ shipping: { zones }, duty = [] }: PriceBook): Issue[] {
  const places = zones.flatMap(({ countries }, zone) =>
    countries.map((country, at) => ({ country, pointer: `/shipping/zones/${zone}/countries/${at}` })),
  )
  const repeated = places.filter(({ country }, place) => places.findIndex((each) => each.country === country) < place)
  return [
    ...repeated.map(({ pointer, country }) => ({ pointer, detail: `${country} stands in a zone before` })),
    ...zones.flatMap(({ countries }, zone) =>
      countryFaults(countries, (at) => `/shipping/zones/${zone}/countries/${at}`),
    ),
    ...duty.flatMap(({ countries }, rule) => countryFaults(countries, (at) => `/duty/${rule}/countries/${at}`)),
  ]
}

function shippingFaults({ shipping }: PriceBook): Issue[] {
  return shipping.zones.flatMap(({ methods }, zone) =>
    Object.entries(methods).flatMap(([method, rate]) =>
      rateFaults(rate, shipping.parcel.packagingGrams, `/shipping/zones/${zone}/methods/${method}`),
    ),
  )
}

function rateFaults({ brackets, transitDays }: ShippingRate, packagingGrams: number, pointer: string): Issue[] {
  const isSound =
    isAscending(brackets.map(({ upToGrams }) => upToGrams)) &&
    brackets.every(({ price }, index) => price >= (brackets[index - 1]?.price ?? 0))
  const most = brackets.at(-1)?.upToGrams ?? 0
  return [
    ...(isSound ? [] : [{ pointer: `${pointer}/brackets`, detail: 'must ascend in weight, and never fall in price' }]),
    ...(most > packagingGrams ? [] : [{ pointer: `${pointer}/brackets`, detail: 'must take more than the packaging' }]),
    ...(transitDays.minimum <= transitDays.maximum
      ? []
      : [{ pointer: `${pointer}/transitDays`, detail: 'minimum must not exceed maximum' }]),
  ]
}

const isAscending = (numbers: readonly number[]): boolean =>
  numbers.every((each, index) => index === 0 || each > (numbers[index - 1] ?? 0))
