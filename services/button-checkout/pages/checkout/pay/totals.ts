import type { Charges } from '#contracts/order-api/charges.ts'
import { h } from '#look/h.ts'
import { moneyText } from '#look/money-text.ts'
import { Table, type TableRow } from '#look/table.ts'
import { filled } from '#look/words.ts'
import type { Words } from '../../words/en.ts'
import type { PreviewProps } from '../preview/preview.ts'
import { chosenMethod } from '../state/checkout-state.ts'

/** Everything that is paid. Prices hold VAT and say so; sales tax is added, as people there are used to. */
export function Totals({ data, state }: PreviewProps) {
  const { words, locale, shop } = data
  const chosen = chosenMethod(state)
  if (!chosen) return null
  const { charges, shipping_method } = chosen
  const money = (amount: number): string => moneyText(amount, charges.currency, locale)
  const product = shop.offers.find(({ offer }) => offer === state.draft.cart.offer)?.product.title ?? ''
  const isAdded = charges.lines.some(({ tax }) => tax.kind === 'sales_tax')
  const shown = ({ net, gross }: { readonly net: number; readonly gross: number }) => (isAdded ? net : gross)
  const rows: TableRow[] = [
    ...charges.lines.map((line) => ({
      key: `line-${line.item}`,
      cells: [filled(words.lineOf, { count: line.quantity, product }), money(shown(line))],
    })),
    ...charges.shipping.map((each) => ({
      key: each.facility_id,
      cells: [filled(words.shippingLine, { method: words[`method_${shipping_method}`] }), money(shown(each))],
    })),
    ...(isAdded ? [{ key: 'tax', cells: [taxText(charges, words.salesTax, locale), money(charges.tax_amount)] }] : []),
    { key: 'sum', kind: 'sum', cells: [words.total, money(charges.gross)] },
    ...(!isAdded && charges.tax_amount > 0
      ? [
          {
            key: 'tax',
            kind: 'quiet' as const,
            cells: [taxText(charges, words.taxOf, locale), money(charges.tax_amount)],
          },
        ]
      : []),
  ]
  return h(
    'div',
    { class: 'totals', 'data-coming': state.isPricing ? 'true' : undefined },
    h(Table, { caption: words.summary, rows }),
    h(Duty, { charges, words }),
  )
}

/** The rate where there is one; several are only named as tax. */
function taxText({ lines, shipping }: Charges, text: string, locale: string): string {
  const rates = [...new Set([...lines, ...shipping].map(({ tax }) => tax.rate_percent).filter((rate) => rate > 0))]
  const format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 3 })
  const rate = rates.map((each) => format.format(each / 100)).join(' / ')
  return filled(text, { rate })
}

function Duty({ charges, words }: { readonly charges: Charges; readonly words: Words }) {
  if (charges.duty.terms === 'none') return null
  return h('p', { class: 'quiet' }, charges.duty.terms === 'DDP' ? words.dutyPaid : words.dutyNotPaid)
}
