import type { OrderView } from '#contracts/checkout/order-view.ts'
import type { Charges, Tax } from '#contracts/order-api/charges.ts'
import { h } from '#look/h.ts'
import { moneyText } from '#look/money-text.ts'
import { Table, type TableRow } from '#look/table.ts'
import { filled } from '#look/words.ts'
import type { OrderWords } from '../words/order/en.ts'
import type { OrderPageData } from './page-data.ts'

/** The picture, what it is, and what it cost. */
export const OrderedThings = ({ view, words, options, locale, cdnUrl, path }: OrderPageData) =>
  h(
    'section',
    { class: 'order-thing', 'aria-labelledby': 'ordered' },
    view.thumbnail_path !== undefined &&
      h('img', { class: 'picture', src: `${cdnUrl}${view.thumbnail_path}`, alt: '', width: 480, height: 640 }),
    h('h2', { id: 'ordered' }, h('bdi', {}, view.title)),
    h('p', {}, view.product_title),
    h('p', { class: 'quiet' }, [copiesText(view.quantity, words), ...options].join(' · ')),
    h(Table, { caption: words.price, isCaptionUnseen: true, rows: priceRows(view, words, locale) }),
    mayHaveInvoice(view) &&
      h(
        'p',
        { class: 'order-invoice' },
        h(
          'a',
          { href: `${path}/invoice.pdf`, target: '_blank', rel: 'noopener' },
          view.invoice_number === undefined
            ? words.invoicePlain
            : filled(words.invoice, { number: view.invoice_number }),
        ),
      ),
  )

/** What ended before it was invoiced never gets one. */
const mayHaveInvoice = ({ progress, invoice_number }: OrderView): boolean =>
  invoice_number !== undefined || (progress !== 'payment_pending' && progress !== 'cancelled' && progress !== 'refused')

const copiesText = (quantity: number, words: OrderWords): string =>
  quantity === 1 ? words.oneCopy : filled(words.copies, { quantity })

/** Lines, shipping and tax; they add up to what was paid. Where tax comes on top of listed prices it is a line, else part of them. */
function priceRows({ charges, shipping_method, product_title }: OrderView, words: OrderWords, locale: string) {
  const { currency, lines, shipping } = charges
  const money = (amount: number): string => moneyText(amount, currency, locale)
  const isOnTop = lines.some(({ tax }) => tax.kind === 'sales_tax')
  const shown = (part: { readonly net: number; readonly gross: number }): number => (isOnTop ? part.net : part.gross)
  const sent = shipping.reduce((sum, each) => sum + shown(each), 0)
  const duty = shipping.reduce((sum, each) => sum + (each.duty ?? 0), 0)
  const method = words[shipping_method]
  const rows: readonly (TableRow | undefined)[] = [
    ...lines.map((line, index) => ({ key: `line-${index}`, cells: [product_title, money(shown(line))] })),
    { key: 'shipping', cells: [filled(words.shipping, { method }), money(sent)] },
    duty > 0 ? { key: 'duty', kind: 'quiet', cells: [words.duty, money(duty)] } : undefined,
    isOnTop ? { key: 'tax', cells: [words.salesTax, money(charges.tax_amount)] } : undefined,
    { key: 'total', kind: 'sum', cells: [words.total, money(charges.gross)] },
    ...(isOnTop ? [] : vatRows(charges, words, locale)),
  ]
  return rows.filter((row) => row !== undefined)
}

/** Of each rate what is in the total. */
function vatRows(charges: Charges, words: OrderWords, locale: string): readonly TableRow[] {
  const sums = new Map<number, number>()
  const parts: readonly { readonly tax: Tax; readonly tax_amount: number }[] = [...charges.lines, ...charges.shipping]
  for (const { tax, tax_amount } of parts) {
    if (tax_amount !== 0) sums.set(tax.rate_percent, (sums.get(tax.rate_percent) ?? 0) + tax_amount)
  }
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 3 })
  return [...sums].map(([rate, amount]) => ({
    key: `vat-${rate}`,
    kind: 'quiet',
    cells: [filled(words.vat, { rate: percent.format(rate / 100) }), moneyText(amount, charges.currency, locale)],
  }))
}
