import { h } from '#look/h.ts'
import { renderDocument } from '#look/render-document.ts'
import { directionOf, filled } from '#look/words.ts'
import { type Assets, assetOf } from '../assets.ts'
import { OrderPage } from './order-page.ts'
import type { OrderPageData } from './page-data.ts'

/** The whole page as HTML: it can be read before, and without, any script. */
export const renderOrderPage = (data: OrderPageData, assets: Assets): string =>
  renderDocument({
    title: filled(data.words.documentTitle, { title: data.view.title }),
    lang: data.locale,
    dir: directionOf(data.locale),
    styles: [assetOf(assets, 'page.css')],
    scripts: [assetOf(assets, 'order.js')],
    body: h(OrderPage, { data }),
    data,
  })
