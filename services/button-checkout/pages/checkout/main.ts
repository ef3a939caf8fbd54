import { hydrate } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { h } from '#look/h.ts'
import { pageDataText } from '#look/page-data.ts'
import { tellOpener } from '../tell-opener.ts'
import { CheckoutPage } from './checkout-page.ts'
import type { PageData } from './page-data.ts'
import { createActions } from './state/checkout-actions.ts'
import { type CheckoutStore, createStore, type Ports, restoreDraft } from './state/checkout-store.ts'
import { createRequests } from './state/requests.ts'

const ports: Ports = {
  requests: createRequests(window.fetch.bind(window)),
  storage: storageOfTab(),
  later: (ms, call) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
  showPath: (path) => history.replaceState(null, '', path),
  go: (url) => location.assign(url),
  // After the next drawing: what takes the focus may only come with it.
  focus: (id) => void requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(id)?.focus())),
}

/** Some browsers refuse to give it at all. */
function storageOfTab(): Storage | undefined {
  try {
    return window.sessionStorage
  } catch {
    return undefined
  }
}

function App({ store }: { readonly store: CheckoutStore }) {
  const [state, show] = useState(store.now())
  const [actions] = useState(() => createActions(store))
  useEffect(() => {
    const stop = store.subscribe(() => show(store.now()))
    const isRestored = restoreDraft(store)
    if (isRestored || !store.now().price) actions.askPrice()
    return stop
  }, [])
  return h(CheckoutPage, { data: store.data, state, actions })
}

const data: PageData = JSON.parse(pageDataText())
const root = document.getElementById('page')
if (root) {
  const store = createStore(data, ports)
  hydrate(h(App, { store }), root)
  document.documentElement.dataset.ready = 'true'
  // Back from the payment page out of the browser's memory: the button works again, and what happened meanwhile is asked.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
  })
  window.addEventListener('pagehide', (event) => {
    if (!event.persisted && store.now().busy !== 'paying') tellOpener(data.shop.start, 'closed')
  })
}
