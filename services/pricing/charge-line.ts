import { proportionMinor } from '#contracts/money.ts'
import type { ChargeLine } from '#contracts/order-api/charges.ts'
import type { Margin } from '#contracts/order-api/publication-fields.ts'
import { taxClassOf } from '#contracts/taxes/tax-class.ts'
import { listedMinor, pagesMinor, surchargeOf } from './copy-price.ts'
import type { PlacedItem } from './place-item.ts'
import type { PlaceTax } from './place-tax.ts'
import { taxed } from './taxed.ts'

/** What one item costs. The same with every shipping method. */
export function chargeLine(placed: PlacedItem, placeTax: PlaceTax): ChargeLine {
  const { index, item, product, price, book, printedPages } = placed
  const unit = unitOf(placed)
  const unitMinor = sumOf([unit.base, unit.pages, ...Object.values(unit.options)])
  const listed = listedMinor(unitMinor, item.quantity, price.breaks)
  const rate = placeTax.ratePercent(taxClassOf[product.family])
  const totals = taxed(listed, rate, book.isTaxInclusive)
  const oneNet = taxed(listedMinor(unitMinor, 1, price.breaks), rate, book.isTaxInclusive).net
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
    return [name, surchargeOf(price.options, name, value)] as const
  })
  return {
    base: price.base,
    pages: pagesMinor(printedPages, price.perHundredPages),
    options: Object.fromEntries(chosen.filter(([, amount]) => amount > 0)),
  }
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, each) => sum + each, 0)
