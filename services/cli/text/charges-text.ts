import type { Charges } from '../../order-client/index.ts'
import type { Paint } from './paint.ts'
import { plain } from './plain.ts'
import { count, moneyText } from './words.ts'
import { wrapped } from './wrapped.ts'

const width = 66

/** Lines, shipping, tax and total, amounts on the right. */
export function chargesText({ lines, shipping, currency, gross, tax_amount, duty }: Charges, paint: Paint): string {
  const money = (amount: number): string => moneyText(amount, currency)
  const rows: readonly (readonly [string, string])[] = [
    ...lines.map(({ sku, quantity, printed_pages, net }): [string, string] => [
      `${quantity} × ${sku}${printed_pages === undefined ? '' : `, ${count(printed_pages, 'page')}`}`,
      money(net),
    ]),
    ...shipping.map(({ method, earliest, latest, parcels, net }): [string, string] => [
      `${method} shipping, ${count(parcels, 'parcel')}, ${windowText(earliest, latest)}`,
      money(net),
    ]),
    [taxName(lines), money(tax_amount)],
  ]
  const line = ([name, amount]: readonly [string, string]): string =>
    `  ${plain(name).padEnd(width - amount.length - 1)} ${amount}`
  const total = paint.strong(line(['Total', money(gross)]))
  const duties =
    duty.terms === 'none'
      ? []
      : wrapped(plain(`${duty.terms}: ${duty.detail}`), 76).map((text) => paint.quiet(`  ${text}`))
  return [...rows.map(line), total, ...duties].join('\n')
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** "27–30 Nov", "29 Nov – 2 Dec" */
export function windowText(earliest: string, latest: string): string {
  const [from, to] = [earliest, latest].map((date) => {
    const [, month = '1', day = ''] = date.split('-')
    return { day: Number(day), month: months[Number(month) - 1] ?? '' }
  })
  if (from === undefined || to === undefined || earliest === latest) return `${from?.day} ${from?.month}`
  return from.month === to.month
    ? `${from.day}–${to.day} ${to.month}`
    : `${from.day} ${from.month} – ${to.day} ${to.month}`
}

function taxName(lines: Charges['lines']): string {
  const rates = new Set(
    lines.map(({ tax }) => (tax.kind === 'none' ? '' : `${tax.rate_percent} % ${tax.jurisdiction}`)),
  )
  const said = [...rates].filter((rate) => rate !== '').join(', ')
  return said === '' ? 'tax' : `tax ${said}`
}
