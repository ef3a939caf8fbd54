import { useCallback, useMemo, useState } from 'preact/hooks'
import type { OrderView } from '#contracts/checkout/order-view.ts'
import { h } from '#look/h.ts'
import { PageShell } from '#look/page-shell.ts'
import { Progress } from '#look/progress.ts'
import { filled } from '#look/words.ts'
import { useActing } from './acting.ts'
import { AddressPart } from './address-part.ts'
import { CancelPart } from './cancel-part.ts'
import { howFar } from './how-far.ts'
import { Notices } from './notices.ts'
import { createOrderRequests } from './order-requests.ts'
import { OrderedThings } from './ordered-things.ts'
import type { OrderPageData } from './page-data.ts'
import { Parcels } from './parcels.ts'
import { useNews } from './use-news.ts'

/** An order as its customer sees it; the same on the server and in the browser, where it follows what happens. */
export function OrderPage({ data }: { readonly data: OrderPageData }) {
  const { words, locale } = data
  const [view, setView] = useState(data.view)
  // On the server nothing is asked: effects and clicks do not run there.
  const requests = useMemo(() => createOrderRequests(data.path, (...wish) => fetch(...wish)), [data.path])
  const show = useCallback((next: OrderView) => setView(next), [])
  const isOffline = useNews(view, requests, show)
  const acting = useActing(requests, words, show)
  const now = { ...data, view }
  return h(
    PageShell,
    { seller: view.seller, ribbon: view.is_test ? words.testRibbon : undefined, foot: h(Foot, data) },
    h(
      'div',
      { class: 'order' },
      h(
        'div',
        { class: 'order-way' },
        h('h1', {}, words[`title_${view.progress}`]),
        // That it begins within minutes is not so then, and the notice says what is.
        !view.is_delayed && h('p', {}, filled(words[`text_${view.progress}`], { seller: view.seller })),
        h(Notices, { ...now, isOffline }),
        h(Progress, { label: words.progress, steps: howFar(view, words, locale), words: stateWords(data) }),
        h(Parcels, now),
        h(AddressPart, { ...now, acting }),
        h('div', { class: 'order-cancel' }, h(CancelPart, { ...now, acting })),
      ),
      h(OrderedThings, now),
    ),
  )
}

const stateWords = ({ words }: OrderPageData) => ({
  done: words.stateDone,
  now: words.stateNow,
  later: words.stateLater,
  stopped: words.stateStopped,
})

const Foot = ({ words, email }: OrderPageData) => {
  const [before, after] = words.questions.split('{email}')
  return h('div', {}, h('p', {}, words.keepLink), h('p', {}, before, h('a', { href: `mailto:${email}` }, email), after))
}
