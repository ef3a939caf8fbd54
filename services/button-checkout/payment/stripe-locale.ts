import type Stripe from 'stripe'

type Locale = Stripe.Checkout.SessionCreateParams.Locale

/** Languages of Stripe’s page, as far as ours reach; regional ones first, where it has them. */
const locales: Readonly<Record<string, Locale>> = {
  'en-gb': 'en-GB',
  'es-419': 'es-419',
  'fr-ca': 'fr-CA',
  'pt-br': 'pt-BR',
  'zh-hk': 'zh-HK',
  'zh-tw': 'zh-TW',
  cs: 'cs',
  da: 'da',
  de: 'de',
  en: 'en',
  es: 'es',
  fi: 'fi',
  fr: 'fr',
  it: 'it',
  ja: 'ja',
  nb: 'nb',
  nl: 'nl',
  pl: 'pl',
  pt: 'pt',
  sv: 'sv',
  zh: 'zh',
}

/** The language of Stripe’s page for a visitor’s; `auto`: the page asks the browser. */
export function stripeLocale(language: string): Locale {
  const tag = language.toLowerCase()
  return locales[tag] ?? locales[tag.split('-')[0] ?? ''] ?? 'auto'
}
