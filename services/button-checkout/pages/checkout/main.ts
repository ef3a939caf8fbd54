import { hydrate } from 'preact'
import { h } from '#look/h.ts'
import { pageDataText } from '#look/page-data.ts'
import { tellOpener } from '../tell-opener.ts'
import { browserPorts } from './browser-ports.ts'
import { CheckoutApp } from './checkout-app.ts'
import type { PageData } from './page-data.ts'
import { createStore } from './state/checkout-store.ts'

const data: PageData = JSON.parse(pageDataText())
const root = document.getElementById('page')
if (root) {
  const store = createStore(data, browserPorts())
  hydrate(h(CheckoutApp, { store }), root)
  document.documentElement.dataset.ready = 'true'
  // Back from the payment page out of the browser's memory: what happened meanwhile is asked.
  window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
  window.addEventListener('pagehide', ({ persisted }) => {
    if (!persisted && store.now().busy !== 'paying') tellOpener(data.shop.start, 'closed')
  })
}
