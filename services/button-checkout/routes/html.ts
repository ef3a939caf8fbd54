import type { CheckoutView } from '#contracts/checkout/checkout-view.ts'
import type { Shop } from '#contracts/checkout/shop.ts'
import type { Assets } from '../pages/assets.ts'

/** What a page without a checkout says: why there is nothing to buy. */
export type MessageKind = 'notFound' | 'closed' | 'upcoming' | 'ended' | 'expired' | 'offline' | 'refused'

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const page = (language: string, title: string, data: unknown): string =>
  `<!doctype html><html lang="${escaped(language.slice(0, 2))}"><meta charset="utf-8"><title>${escaped(title)}</title><h1>${escaped(title)}</h1>` +
  `<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script></html>`

export type PageParts = {
  readonly shop: Shop
  readonly view: CheckoutView | undefined
  readonly language: string
  readonly assets: Assets
}

export const checkoutPage = ({ shop, view, language }: PageParts): string =>
  page(language, shop.publication.title, { shop, view })

export const messagePage = ({
  kind,
  language,
}: {
  readonly kind: MessageKind
  readonly language: string
  readonly assets: Assets
}): string => page(language, kind, { kind })
