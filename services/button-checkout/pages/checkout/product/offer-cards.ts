import type { ShopOffer } from '#contracts/checkout/shop.ts'
import { h } from '#look/h.ts'
import { sizeText } from '#look/lengths.ts'
import { moneyText } from '#look/money-text.ts'
import { RadioCards } from '#look/radio-cards.ts'
import { filled } from '#look/words.ts'
import type { Words } from '../../words/en.ts'
import { named } from '../../words/named.ts'
import { findingText } from '../preview/finding-text.ts'
import type { PreviewProps } from '../preview/preview.ts'
import { TrimDrawing } from './trim-drawing.ts'

/** The products that this can be printed as; those that cannot be made say why. */
export function OfferCards({ data, state, actions }: PreviewProps) {
  const { shop, words, locale, geometries } = data
  const longestMm = Math.max(...shop.offers.flatMap(({ product }) => [product.trim_width_mm, product.trim_height_mm]))
  return h(RadioCards, {
    ...{
      legend: words.product,
      isAlone: shop.offers.length === 1,
      name: 'offer',
      value: String(state.draft.cart.offer),
    },
    onChange: (value) => actions.chooseOffer(Number(value)),
    cards: shop.offers.map((offer) => ({
      value: String(offer.offer),
      title: offer.product.title,
      lines: linesOf(offer, geometries[offer.offer]?.pages, words, locale),
      picture: h(TrimDrawing, { product: offer.product, longestMm }),
      aside: offer.closed === undefined && offer.from && priceOf(offer.from, words, locale),
      isDisabled: offer.closed !== undefined,
    })),
  })
}

function priceOf(from: NonNullable<ShopOffer['from']>, words: Words, locale: string) {
  const price = moneyText(from.gross ?? from.amount, from.currency, locale)
  return h('span', { class: 'figures' }, filled(words.from, { price }))
}

function linesOf(
  { product, fit, closed }: ShopOffer,
  pages: number | undefined,
  words: Words,
  locale: string,
): readonly string[] {
  const size = sizeText(product.trim_width_mm, product.trim_height_mm, locale)
  const count = product.pages.maximum > 2 && pages ? pagesText(pages, words) : undefined
  const binding = product.binding && named(`binding_${product.binding}`, words)
  // "Photo book 21 × 28 cm" says what it is already.
  const family = named(`family_${product.family}`, words)
  const isSaid = product.title.toLowerCase().startsWith(family.toLowerCase())
  const line = [isSaid ? undefined : family, size, binding, count].filter(Boolean).join(' · ')
  return [line, ...(closed === undefined ? [] : [whyNot(closed, fit, words, locale)])]
}

const pagesText = (count: number, words: Words): string =>
  count === 1 ? words.onePage : filled(words.pages, { count })

/** The gravest finding in words, or that there is no price. */
function whyNot(closed: 'rejected' | 'no_price', fit: ShopOffer['fit'], words: Words, locale: string): string {
  if (closed === 'no_price') return words.noPrice
  const finding = fit?.findings.find(({ severity }) => severity === 'reject')
  return finding ? `${words.fitsNot}: ${findingText(finding, words, locale)}` : words.fitsNot
}
