import { proportionMinor } from '#contracts/money.ts'
import type { ChargeLine } from '#contracts/order-api/charges.ts'
import type { Margin } from '#contracts/order-api/publication-fields.ts'
import type { ProductPrice } from '#contracts/prices/price-book.ts'
import { taxClassOf } from '#contracts/taxes/tax-class.ts'
import type { PlacedItem } from './place-item.ts'
import type { PlaceTax } from './place-tax.ts'
import { taxed } from './taxed.ts'

/** What one item costs. The same with every shipping method. */
export function chargeLine(placed: PlacedItem, placeTax: PlaceTax): ChargeLine {
  const { index, item, product, price, book, printedPages } = placed
  const unit = unitOf(placed)
  const unitMinor = sumOf([unit.base, unit.pages, ...Object.values(unit.options)])
  const listed = listedMinor(unitMinor, item.quantity, price)
  const rate = placeTax.ratePercent(taxClassOf[product.family])
  const totals = taxed(listed, rate, book.isTaxInclusive)
  const oneNet = taxed(listedMinor(unitMinor, 1, price), rate, book.isTaxInclusive).net
  const marginMinor = marginOf(item.margin, oneNet)
  const margin = marginMinor * item.quantity
  return {
    item: index,
    sku: item.sku,
    quantity: item.quantity,
    ...(printedPages === undefined ? {} : { printed_pages: printedPages }),
    unit: marginMinor === 0 ? unit : { ...unit, margin: marginMinor },
    discount: unitMinor * item.quantity - listed,
    tax: {
      kind: placeTax.kind,
      jurisdiction: placeTax.jurisdiction,
      rate_percent: rate,
      is_inclusive: book.isTaxInclusive,
    },
    // Without a margin it is what the book says, to the last cent.
    ...(margin === 0 ? totals : { margin, ...taxed(totals.net + margin, rate, false) }),
  }
}

/** Of one copy, without tax; a percentage has at most two decimals and is of the net price of a single copy. */
const marginOf = (margin: Margin | undefined, oneNetMinor: number): number => {
  if (margin === undefined) return 0
  return 'amount' in margin ? margin.amount : proportionMinor(oneNetMinor, Math.round(margin.percent * 100), 10_000)
}

function unitOf({ item, product, price, printedPages }: PlacedItem): ChargeLine['unit'] {
  const chosen = Object.entries(product.options).map(([name, { default: usual }]) => {
    const value = item.options?.[name] ?? usual
    return [name, surchargeOf(price, name, value)] as const
  })
  return {
    base: price.base,
    pages: price.perHundredPages === undefined ? 0 : pagesMinor(printedPages ?? 1, price.perHundredPages),
    options: Object.fromEntries(chosen.filter(([, amount]) => amount > 0)),
  }
}

function surchargeOf({ options = {} }: ProductPrice, name: string, value: string): number {
  const values = Object.hasOwn(options, name) ? (options[name] ?? {}) : {}
  return Object.hasOwn(values, value) ? (values[value] ?? 0) : 0
}

/** What has a price is never rounded down to nothing. */
const pagesMinor = (pages: number, perHundred: number): number => Math.max(1, proportionMinor(pages, perHundred, 100))

/** All copies together. Nobody pays more for fewer copies: where a break makes more of them cheaper, its price holds before it too. */
function listedMinor(unitMinor: number, quantity: number, { breaks = [] }: ProductPrice): number {
  const least = unitMinor > 0 ? 1 : 0
  const reached = breaks.filter(({ from }) => from <= quantity).at(-1)?.percentOff ?? 0
  const here = proportionMinor(unitMinor * quantity, 100 - reached, 100)
  const ahead = breaks
    .filter(({ from }) => from > quantity)
    .map(({ from, percentOff }) => proportionMinor(unitMinor * from, 100 - percentOff, 100))
  return Math.max(least, Math.min(here, ...ahead))
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, each) => sum + each, 0)
