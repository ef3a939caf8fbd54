import type { OrderView } from '#contracts/checkout/order-view.ts'
import { dayText } from '#look/dates.ts'
import { h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import type { OrderPageData } from './page-data.ts'

type Parcel = OrderView['shipments'][number]

/** Every parcel with what its carrier knows it by. */
export function Parcels(data: OrderPageData) {
  const { view, words } = data
  if (view.shipments.length === 0) return null
  return h(
    'section',
    { 'aria-labelledby': 'parcels' },
    h('h2', { id: 'parcels' }, words.parcels),
    h(
      'ul',
      { class: 'order-parcels' },
      view.shipments.map((parcel) => h('li', { key: parcel.id }, parcelWords(parcel, data))),
    ),
  )
}

function parcelWords({ carrier, tracking_number, tracking_url, quantity, shipped_at }: Parcel, data: OrderPageData) {
  const { words, locale } = data
  const copies = quantity === 1 ? words.parcelCopy : filled(words.parcelCopies, { quantity })
  const sent = filled(words.sentOn, { day: dayText(shipped_at, locale) })
  const number = h('bdi', { class: 'figures' }, tracking_number)
  return [
    h('span', { class: 'what', key: 'what' }, h('bdi', {}, carrier), ' ', number),
    h('span', { class: 'quiet', key: 'quiet' }, `${copies} · ${sent}`),
    isWeb(tracking_url) &&
      h(
        'a',
        { href: tracking_url, target: '_blank', rel: 'noopener noreferrer', key: 'track' },
        filled(words.track, { number: tracking_number }),
      ),
  ]
}

/** Facilities write it: a link that runs something is none. */
const isWeb = (url: string | undefined): url is string => url !== undefined && /^https?:\/\//i.test(url)
