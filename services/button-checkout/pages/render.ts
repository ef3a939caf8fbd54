import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { CheckoutView } from '#contracts/checkout/checkout-view.ts'
import type { Shop } from '#contracts/checkout/shop.ts'
import { type Geometry, geometryOf, pageRangeOf } from '#contracts/geometry/geometry.ts'
import { ButtonLink } from '#look/button-link.ts'
import { Empty } from '#look/empty.ts'
import { h } from '#look/h.ts'
import { PageShell } from '#look/page-shell.ts'
import { renderDocument } from '#look/render-document.ts'
import { directionOf, filled, localeOf } from '#look/words.ts'
import { type Assets, assetOf } from './assets.ts'
import { CheckoutPage } from './checkout/checkout-page.ts'
import type { PageData } from './checkout/page-data.ts'
import { firstState } from './checkout/state/checkout-state.ts'
import { titleOf } from './checkout/title-of.ts'
import { countriesOf } from './countries-of.ts'
import { idleActions } from './idle-actions.ts'
import { wordsOf } from './words/words-of.ts'

type Wish = {
  /** As the visitor wishes it, such as de-AT; English for languages that we do not speak. */
  readonly language: string | undefined
  readonly assets: Assets
}

/** The checkout as HTML: complete without a script, taken over by one. Of a sale that is not open, why not. */
export function renderCheckoutPage(
  wish: Wish & { readonly shop: Shop; readonly view: CheckoutView | undefined },
): string {
  const { shop, view, assets } = wish
  if (shop.state !== 'open' && !isRejected(shop))
    return renderMessagePage({ ...wish, kind: shop.state, seller: shop.seller })
  const locale = localeOf(wish.language)
  const words = wordsOf(wish.language)
  const countries = countriesOf(shop.countries, locale)
  const data: PageData = { shop, view, locale, words, countries, geometries: geometriesOf(shop) }
  return renderDocument({
    title: filled(words.documentTitle, { title: titleOf(shop.publication, locale).title }),
    ...{ lang: locale, dir: directionOf(locale), data },
    styles: [assetOf(assets, 'page.css')],
    scripts: [assetOf(assets, 'checkout.js')],
    body: h(CheckoutPage, { data, state: firstState(data), actions: idleActions }),
  })
}

/** Where no product can be made of the file, the page itself says why of each. */
const isRejected = ({ state, offers }: Shop): boolean =>
  state === 'closed' && offers.length > 0 && offers.every(({ closed }) => closed === 'rejected')

/** What each offer is cut from; where nobody counted the pages yet, only of what has no choice. */
function geometriesOf({ offers, publication, start }: Shop): Readonly<Record<string, Geometry>> {
  const found = offers.flatMap(({ offer, product: { sku }, fit }): [string, Geometry][] => {
    const product = productOf(sku)
    if (!product) return []
    const { minimum, maximum } = pageRangeOf(product)
    const pages = fit?.pages ?? publication.pages ?? start.pages ?? (minimum === maximum ? minimum : undefined)
    const isInRange = pages !== undefined && pages >= minimum && pages <= maximum
    return isInRange ? [[String(offer), geometryOf(product, pages)]] : []
  })
  return Object.fromEntries(found)
}

export type MessageKind = keyof typeof messages

/** Why there is no checkout here. `path`: where one may begin again. */
export function renderMessagePage({
  kind,
  language,
  assets,
  seller,
  path,
}: Wish & { readonly kind: MessageKind; readonly seller?: string; readonly path?: string }): string {
  const words = wordsOf(language)
  const locale = localeOf(language)
  const [title, text] = messages[kind]
  return renderDocument({
    ...{ title: words[title], lang: locale, dir: directionOf(locale), scripts: [] },
    styles: [assetOf(assets, 'page.css')],
    body: h(
      PageShell,
      { isNarrow: true, seller },
      h(
        Empty,
        { title: words[title], text: words[text] },
        path && h(ButtonLink, { href: path }, kind === 'offline' ? words.tryAgain : words.beginAgain),
      ),
    ),
  })
}

const messages = {
  notFound: ['notFoundTitle', 'notFoundText'],
  closed: ['closedTitle', 'closedText'],
  upcoming: ['upcomingTitle', 'upcomingText'],
  ended: ['endedTitle', 'endedText'],
  expired: ['expiredTitle', 'expiredText'],
  offline: ['offlineTitle', 'offlineText'],
  refused: ['refusedTitle', 'refusedText'],
} as const
