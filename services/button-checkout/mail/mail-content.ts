import { shownPostalCode } from '#contracts/postal-codes.ts'
import { daysText } from '#look/dates.ts'
import { moneyText } from '#look/money-text.ts'
import { filled, localeOf } from '#look/words.ts'
import { boughtAttempt } from '../checkouts/bought.ts'
import type { Checkout, Frozen } from '../checkouts/checkout.ts'
import { type MailKind, newShipments } from '../checkouts/mails-due.ts'
import { optionTexts } from '../pages/words/option-texts.ts'
import { oneLine } from './one-line.ts'
import type { MailWords } from './words/en.ts'
import { mailWordsOf } from './words/mail-words.ts'

export type Fact = { readonly name: string; readonly value: readonly string[] }
export type Parcel = { readonly text: string; readonly url: string | undefined }

/** What a mail says, before it is text or HTML. */
export type MailContent = {
  readonly locale: string
  readonly subject: string
  readonly before: readonly string[]
  readonly title: string
  readonly product: string
  readonly facts: readonly Fact[]
  readonly parcels: readonly Parcel[]
  readonly after: readonly string[]
  readonly words: MailWords
}

/** The words of one mail; undefined where nothing was bought. Whatever others wrote is one line each. */
export function mailContent(kind: MailKind, checkout: Checkout): MailContent | undefined {
  const frozen = boughtAttempt(checkout)?.frozen
  if (!frozen) return undefined
  const words = mailWordsOf(checkout.language)
  const locale = localeOf(checkout.language)
  const title = oneLine(frozen.title)
  const thing = filled(words.copies, { quantity: frozen.cart.quantity, product: oneLine(frozen.productTitle) })
  const product = [thing, ...optionTexts(frozen.cart.options, checkout.language)].join(' · ')
  return {
    locale,
    // Anybody can make one of a test sale, and nobody should take it for an order.
    subject:
      (checkout.isTest ? 'TEST · ' : '') + filled(words[`subject_${kind}`], { title: oneLine(frozen.title, 80) }),
    before: [
      ...(checkout.isTest ? [words.test] : []),
      filled(words.greeting, { name: oneLine(frozen.buyer.name, 60) }),
      firstWords(kind, checkout, words),
    ],
    title,
    product,
    facts: kind === 'confirmed' ? factsOf(frozen, words, locale) : [],
    parcels: kind === 'shipped' ? parcelsOf(checkout, words) : [],
    after: lastWords(kind, checkout, frozen, words, locale),
    words,
  }
}

function firstWords(kind: MailKind, checkout: Checkout, words: MailWords): string {
  if (kind === 'shipped') return newShipments(checkout).length > 1 ? words.shipped_many : words.shipped_one
  return words[kind]
}

function factsOf({ charges, buyer, earliest, latest }: Frozen, words: MailWords, locale: string): readonly Fact[] {
  const { currency, gross, tax_amount } = charges
  const { line1, line2, postal_code, city, state, country } = buyer.address
  const place = [shownPostalCode(postal_code), city, state].filter(Boolean).join(' ')
  const address = [buyer.name, line1, line2, place, countryName(country, locale)]
  return [
    { name: words.total, value: [moneyText(gross, currency, locale)] },
    ...(tax_amount === 0 ? [] : [{ name: words.tax, value: [moneyText(tax_amount, currency, locale)] }]),
    { name: words.expected, value: [daysText(earliest, latest, locale)] },
    { name: words.goes_to, value: address.flatMap((each) => (each ? [oneLine(each, 100)] : [])) },
  ]
}

const countryName = (code: string, locale: string): string =>
  new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code

const parcelsOf = (checkout: Checkout, words: MailWords): readonly Parcel[] =>
  newShipments(checkout).map(({ carrier, tracking_number, tracking_url, quantity }) => ({
    text: filled(words.parcel, {
      carrier: oneLine(carrier, 60),
      number: oneLine(tracking_number, 60),
      quantity,
    }),
    url: tracking_url && /^https?:\/\//.test(tracking_url) ? tracking_url : undefined,
  }))

function lastWords(kind: MailKind, checkout: Checkout, frozen: Frozen, words: MailWords, locale: string) {
  switch (kind) {
    case 'confirmed':
      return [
        ...(frozen.filesLater ? [filled(words.file_later, { seller: oneLine(frozen.seller) })] : []),
        ...(checkout.state === 'paid' && checkout.tries > 0 ? [words.delayed] : []),
      ]
    case 'shipped':
      return checkout.sale?.stage === 'partially_shipped' ? [words.rest_follows] : []
    case 'cancelled':
      return refundWords(checkout, frozen, words, locale)
    case 'refused':
      return [...refundWords(checkout, frozen, words, locale), words.refused_after]
    default:
      return kind satisfies never
  }
}

/** The sum of what goes back, where it is known: a promise about money is made only once it was decided. */
function refundWords({ refunds, sale }: Checkout, { charges }: Frozen, words: MailWords, locale: string) {
  const decided = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const amount = Math.max(decided, sale?.refunded ?? 0)
  return amount > 0 ? [filled(words.refund, { amount: moneyText(amount, charges.currency, locale) })] : []
}
