import type { OrderView } from '#contracts/checkout/order-view.ts'
import { localeOf } from '#look/words.ts'
import type { Checkout } from '../../checkouts/checkout.ts'
import { optionTexts } from '../words/option-texts.ts'
import { orderWordsOf } from '../words/order/order-words-of.ts'
import type { OrderPageData } from './page-data.ts'

type Parts = {
  readonly checkout: Pick<Checkout, 'language' | 'publicationId' | 'start'>
  readonly view: OrderView
  readonly path: string
  readonly cdnUrl: string
  readonly email: string
}

/** What the page of an order begins with. */
export function orderPageData({ checkout, view, path, cdnUrl, email }: Parts): OrderPageData {
  const { origin, reference } = checkout.start
  const locale = localeOf(checkout.language)
  return {
    view,
    words: orderWordsOf(checkout.language),
    locale,
    country: new Intl.DisplayNames([locale], { type: 'region' }).of(view.recipient.address.country) ?? '',
    options: optionTexts(view.options, checkout.language),
    path,
    cdnUrl,
    email,
    opener: origin === undefined ? undefined : { origin, publication: checkout.publicationId, reference },
  }
}
