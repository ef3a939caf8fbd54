import { hydrate } from 'preact'
import { h } from '#look/h.ts'
import { pageDataText } from '#look/page-data.ts'
import { storageOfTab } from '../checkout/browser-ports.ts'
import { forgetDraft } from '../checkout/state/kept-draft.ts'
import { OrderPage } from './order-page.ts'
import type { OrderPageData } from './page-data.ts'
import { tellOrdered } from './tell-ordered.ts'

const root = document.getElementById('page')
// Our own server wrote it into this very page.
const data: OrderPageData = JSON.parse(pageDataText())
if (root) hydrate(h(OrderPage, { data }), root)
tellOrdered(data)
forgetDraft(storageOfTab(), data.view.checkout_id)
