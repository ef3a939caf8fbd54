import { proportionMinor } from '#contracts/money.ts'
import type { Tax } from '#contracts/order-api/charges.ts'
import { moneyText } from '#look/money-text.ts'
import { filled } from '#look/words.ts'
import { paidAttempt } from '../checkouts/bought.ts'
import type { Checkout, Frozen, Refund } from '../checkouts/checkout.ts'
import { optionTexts } from '../pages/words/option-texts.ts'
import type { Seller } from './seller.ts'
import type { InvoiceWords } from './words/en.ts'
import { invoiceWordsOf } from './words/invoice-words-of.ts'

type Amounts = { readonly net: number; readonly tax_amount: number; readonly gross: number }
export type InvoiceRow = Amounts & {
  readonly title: string
  readonly note: string
  readonly quantity: number | undefined
  readonly ratePercent: number | undefined
}

/** One document: an invoice, or the credit note of a refund. Amounts in minor units, as they were charged. */
export type InvoiceContent = {
  readonly kind: 'invoice' | 'creditNote'
  readonly locale: string
  readonly words: InvoiceWords
  readonly isTest: boolean
  readonly heading: string
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly seller: Seller
  readonly buyer: Frozen['buyer']
  readonly rows: readonly InvoiceRow[]
  /** What each rate brings; together they are the totals. */
  readonly rates: readonly { readonly ratePercent: number; readonly net: number; readonly tax_amount: number }[]
  readonly totals: Amounts
  readonly money: (amountMinor: number) => string
}

/** The invoice of a checkout and after it a credit note for each numbered refund. Empty where there is no invoice. */
export function invoiceContents(checkout: Checkout): readonly InvoiceContent[] {
  const frozen = paidAttempt(checkout)?.frozen
  const { invoice } = checkout
  if (!frozen || !invoice) return []
  const { words, locale } = invoiceWordsOf(checkout.language)
  const { currency, net, tax_amount, gross } = frozen.charges
  const rows = rowsOf(frozen, words, optionTexts(frozen.cart.options, locale))
  const base = {
    ...{ locale, words, isTest: checkout.isTest, seller: invoice.seller, buyer: invoice.buyer },
    money: (amountMinor: number) => moneyText(amountMinor, currency, locale),
  }
  const facts = (number: string, at: string) =>
    [
      [words.number, number],
      [words.date, dateText(at, locale)],
      [words.order, checkout.id],
    ] as const
  const main: InvoiceContent = {
    ...base,
    kind: 'invoice',
    heading: words.invoice,
    facts: [...facts(invoice.number, invoice.at), [words.paidOn, dateText(checkout.paidAt ?? invoice.at, locale)]],
    rows,
    rates: ratesOf(rows),
    totals: { net, tax_amount, gross },
  }
  const notes = checkout.refunds.flatMap((refund): readonly InvoiceContent[] => {
    if (!refund.note) return []
    const back = backOf(main, refund)
    const heading = filled(words.creditOf, { number: invoice.number })
    return [{ ...base, kind: 'creditNote', heading, facts: facts(refund.note.number, refund.note.at), ...back }]
  })
  return [main, ...notes]
}

const dateText = (iso: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso))

function rowsOf(
  { charges, title, productTitle, method }: Frozen,
  words: InvoiceWords,
  options: readonly string[],
): readonly InvoiceRow[] {
  const amounts = ({ net, tax_amount, gross }: Amounts, { kind, rate_percent }: Tax) => ({
    ...{ net, tax_amount, gross },
    ratePercent: kind === 'none' ? undefined : rate_percent,
  })
  const lines = charges.lines.map((line) => ({
    title: productTitle,
    note: [title, line.printed_pages && filled(words.pages, { pages: line.printed_pages }), ...options]
      .filter(Boolean)
      .join(', '),
    quantity: line.quantity,
    ...amounts(line, line.tax),
  }))
  const shipping = charges.shipping.map((parcel) => ({
    title: filled(words.shipping, { method: words[method] }),
    note: parcel.duty ? words.withDuty : '',
    quantity: undefined,
    ...amounts(parcel, parcel.tax),
  }))
  return [...lines, ...shipping]
}

function ratesOf(rows: readonly InvoiceRow[]): InvoiceContent['rates'] {
  const sums = new Map<number, { readonly net: number; readonly tax_amount: number }>()
  for (const { ratePercent = 0, net, tax_amount } of rows) {
    const before = sums.get(ratePercent) ?? { net: 0, tax_amount: 0 }
    sums.set(ratePercent, { net: before.net + net, tax_amount: before.tax_amount + tax_amount })
  }
  return [...sums].map(([ratePercent, sum]) => ({ ratePercent, ...sum }))
}

/** All of it back is the invoice once more; a part of it is a part of each rate, to the unit. */
function backOf(invoice: InvoiceContent, { amountMinor }: Refund): Pick<InvoiceContent, 'rows' | 'rates' | 'totals'> {
  const { rows, rates, totals, words } = invoice
  if (amountMinor === totals.gross) return { rows, rates, totals }
  let [restOfAmount, restOfTotal] = [amountMinor, totals.gross]
  const parts = rates.map(({ ratePercent, net, tax_amount }) => {
    const gross = restOfTotal === 0 ? 0 : proportionMinor(restOfAmount, net + tax_amount, restOfTotal)
    restOfAmount -= gross
    restOfTotal -= net + tax_amount
    const tax = net + tax_amount === 0 ? 0 : proportionMinor(gross, tax_amount, net + tax_amount)
    return { ratePercent, net: gross - tax, tax_amount: tax, gross }
  })
  const sum = (of: (part: (typeof parts)[number]) => number) => parts.reduce((all, part) => all + of(part), 0)
  return {
    rows: parts.map((part) => ({ ...part, title: words.refundOf, note: '', quantity: undefined })),
    rates: parts,
    totals: { net: sum(({ net }) => net), tax_amount: sum((part) => part.tax_amount), gross: amountMinor },
  }
}
