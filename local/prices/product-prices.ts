import type { Product } from '#contracts/catalogue/product.ts'
import type { ProductPrice } from '#contracts/prices/price-book.ts'

/** The price level of a book: what a euro of test prices is in its minor units. */
export type Level = { readonly minorPerEuro: number }

const bookBreaks = [
  { from: 10, percentOff: 5 },
  { from: 25, percentOff: 10 },
  { from: 50, percentOff: 15 },
  { from: 100, percentOff: 22 },
  { from: 500, percentOff: 30 },
]
const wallBreaks = [
  { from: 5, percentOff: 5 },
  { from: 20, percentOff: 12 },
]
const cardBreaks = [
  { from: 25, percentOff: 20 },
  { from: 100, percentOff: 45 },
  { from: 500, percentOff: 60 },
]

/** In euros: a start, something for each square metre of the trim, and for each square metre of 100 pages. */
type Rule = {
  readonly start: number
  readonly perSquareMetre: number
  readonly perHundredPagesSquareMetre?: number
  readonly options?: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly breaks: ProductPrice['breaks']
}

const finishGloss = { finish: { gloss: 0.25 } }

/** Prices of about what web shops ask in 2026; they belong to test facilities. */
const rules: Readonly<Record<Product['family'], Rule>> = {
  softcover_book: {
    ...{ start: 1.6, perSquareMetre: 18, perHundredPagesSquareMetre: 42 },
    ...{ options: finishGloss, breaks: bookBreaks },
  },
  hardcover_book: {
    ...{ start: 7.2, perSquareMetre: 45, perHundredPagesSquareMetre: 45 },
    ...{ options: finishGloss, breaks: bookBreaks },
  },
  magazine: { start: 0.85, perSquareMetre: 6, perHundredPagesSquareMetre: 95, breaks: bookBreaks },
  photo_book: {
    ...{ start: 11.9, perSquareMetre: 110, perHundredPagesSquareMetre: 620 },
    ...{ options: { finish: { gloss: 1.5 } }, breaks: wallBreaks },
  },
  layflat: {
    ...{ start: 19.9, perSquareMetre: 160, perHundredPagesSquareMetre: 1500 },
    ...{ options: { finish: { gloss: 1.5 } }, breaks: wallBreaks },
  },
  canvas: { start: 12.9, perSquareMetre: 95, breaks: wallBreaks },
  poster: { start: 3.2, perSquareMetre: 24, options: { finish: { satin: 0.8 } }, breaks: wallBreaks },
  card: {
    ...{ start: 0.55, perSquareMetre: 16, options: { finish: { matt: 0.1, gloss: 0.15 } } },
    breaks: cardBreaks,
  },
  calendar: { start: 6.9, perSquareMetre: 55, perHundredPagesSquareMetre: 120, breaks: bookBreaks },
}

const squareMetresOf = ({ trimWidthMm, trimHeightMm }: Product): number => (trimWidthMm * trimHeightMm) / 1_000_000

/** What a copy of a product costs at a price level. */
export function productPrice(product: Product, { minorPerEuro }: Level): ProductPrice {
  const rule = rules[product.family]
  const minor = (euros: number): number => Math.max(1, Math.round(euros * minorPerEuro))
  const area = squareMetresOf(product)
  return {
    base: minor(rule.start + rule.perSquareMetre * area),
    ...(rule.perHundredPagesSquareMetre === undefined
      ? {}
      : { perHundredPages: minor(rule.perHundredPagesSquareMetre * area) }),
    ...(rule.options ? { options: inMinor(rule.options, minor) } : {}),
    ...(rule.breaks ? { breaks: rule.breaks } : {}),
  }
}

const inMinor = (options: NonNullable<Rule['options']>, minor: (euros: number) => number): ProductPrice['options'] =>
  Object.fromEntries(
    Object.entries(options).map(([name, values]) => [
      name,
      Object.fromEntries(Object.entries(values).map(([value, euros]) => [value, minor(euros)])),
    ]),
  )
