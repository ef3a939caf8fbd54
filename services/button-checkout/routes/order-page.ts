import { linkPath } from '../checkouts/links.ts'
import { orderPageData } from '../pages/order/page-data-of.ts'
import { renderOrderPage } from '../pages/order/render-order-page.ts'
import type { AddRoutes } from './context.ts'
import { foundCheckout } from './found-checkout.ts'
import { shownOrder } from './shown-order.ts'

/** The page of an order, out of the table alone: nobody waits for order-api, and it is there when order-api is not. It asks for news itself. */
export const addOrderPageRoute: AddRoutes = (app, context) => {
  const { now, keyring, assets, config, seller } = context
  app.get('/order/:token', async (request, reply) => {
    const checkout = await foundCheckout(context, 'order', request)
    const view = shownOrder(checkout, now())
    const path = linkPath(keyring, 'order', checkout.id)
    const data = orderPageData({ checkout, view, path, cdnUrl: config.CDN_URL, email: seller.email })
    return reply.type('text/html; charset=utf-8').send(renderOrderPage(data, assets))
  })
}
