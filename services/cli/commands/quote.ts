import { currencyCodes } from '#contracts/money.ts'
import type { Quote } from '../../order-client/index.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { paintOf, tell } from '../output.ts'
import { usageFault } from '../read-arguments.ts'
import { chargesText } from '../text/charges-text.ts'
import type { Paint } from '../text/paint.ts'
import { timeText, words } from '../text/words.ts'
import { itemOptions, wantedItem } from '../wanted-items.ts'

export const quote: Command = {
  name: 'quote',
  usage: '--sku SKU --country XX',
  summary: 'what it costs and when it arrives',
  options: {
    ...itemOptions,
    country: { value: 'XX', text: 'where it goes: two letters, such as NL' },
    state: { value: 'TEXT', text: 'state, for the USA' },
    'postal-code': { value: 'TEXT', text: 'for shipping that depends on it' },
    currency: { value: 'CODE', text: 'such as EUR; the account’s without' },
  },
  details: 'Nothing is ordered. "order --quote" orders at the price that is quoted.',
  run: async (context) => {
    const { given, signal } = context
    const country = given.text('country')?.toUpperCase()
    if (country === undefined) throw usageFault('No country is named.', '--country says where it goes.', 'quote')
    const item = wantedItem(given, 'quote')
    const [state, postalCode, currency] = [
      given.text('state'),
      given.text('postal-code'),
      currencyOf(given.text('currency')),
    ]
    const client = await context.client()
    const quoted = await client.quotes.create(
      {
        recipient: {
          country,
          ...(state === undefined ? {} : { state }),
          ...(postalCode === undefined ? {} : { postal_code: postalCode }),
        },
        items: [item],
        ...(currency === undefined ? {} : { currency }),
      },
      { signal },
    )
    tell(context, quoted, () => quoteText(quoted, paintOf(context)))
    return exitCodes.fine
  },
}

/** Prices for each shipping method, and why a method has none. */
export function quoteText(
  { shipping_options, unavailable, expires_at, facilities, is_split }: Quote,
  paint: Paint,
): string {
  const options = shipping_options.map(
    ({ shipping_method, charges }) => `${paint.strong(words(shipping_method))}\n${chargesText(charges, paint)}\n`,
  )
  const missing = unavailable.map(({ shipping_method, detail }) => `${words(shipping_method)}: ${detail}`)
  const from = facilities.map(({ city, country }) => `${city} ${country}`).join(' and ')
  const split = is_split ? ', in separate parcels' : ''
  return [...options, ...missing, paint.quiet(`From ${from}${split}. Holds until ${timeText(expires_at)}.`)].join('\n')
}

function currencyOf(text: string | undefined): Quote['currency'] | undefined {
  if (text === undefined) return undefined
  const found = currencyCodes.find((code) => code === text.toUpperCase())
  if (found) return found
  throw usageFault(`--currency is ${JSON.stringify(text)}.`, `It is one of ${currencyCodes.join(', ')}.`, 'quote')
}
