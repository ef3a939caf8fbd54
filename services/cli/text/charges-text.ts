import type { Charges } from '../../order-client/index.ts'
import type { Paint } from './paint.ts'
import { plain } from './plain.ts'
import { count, moneyText } from './words.ts'

const width = 60

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
    `  ${plain(name).padEnd(width - amount.length)}${amount}`
  const total = paint.strong(line(['Total', money(gross)]))
  const duties = duty.terms === 'none' ? [] : [paint.quiet(`  ${duty.terms}: ${plain(duty.detail)}`)]
  return [...rows.map(line), total, ...duties].join('\n')
}

const windowText = (earliest: string, latest: string): string =>
  earliest === latest ? earliest : `${earliest} to ${latest}`

function taxName(lines: Charges['lines']): string {
  const rates = new Set(
    lines.map(({ tax }) => (tax.kind === 'none' ? '' : `${tax.rate_percent} % ${tax.jurisdiction}`)),
  )
  const said = [...rates].filter((rate) => rate !== '').join(', ')
  return said === '' ? 'tax' : `tax ${said}`
}
