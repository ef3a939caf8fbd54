import type { FastifyRequest } from 'fastify'
import { linkPath } from '../checkouts/links.ts'
import { regionOf } from '../offer/region-of.ts'
import { shopOf } from '../offer/shop-of.ts'
import type { AddRoutes } from './context.ts'
import { foundCheckout } from './found-checkout.ts'
import { checkoutPage } from './html.ts'
import { isBought } from './is-bought.ts'
import { presentCheckout, waresOf } from './present-checkout.ts'

/** Of a return from the payment page without paying. */
export const cancelledQuery = 'payment=cancelled'

/** The page of a checkout, for whoever has its link; what was bought has a page of its own. */
export const addCheckoutPageRoute: AddRoutes = (app, context) => {
  const { payments, assets, keyring, config, now } = context
  app.get('/checkout/c/:token', async (request, reply) => {
    const found = await foundCheckout(context, 'checkout', request)
    if (isBought(found)) return reply.redirect(linkPath(keyring, 'order', found.id), 303)
    const [wares, view] = await Promise.all([
      waresOf(context, found),
      presentCheckout(context, found, isCancelled(request) ? 'cancelled' : undefined),
    ])
    const shop = shopOf(wares, {
      now: now(),
      cdnUrl: config.CDN_URL,
      region: regionOf(request.headers['accept-language']),
      isPayable: payments.isOpen(found.isTest),
    })
    const { language } = found
    return reply.type('text/html; charset=utf-8').send(checkoutPage({ shop, view, language, assets }))
  })
}

const isCancelled = ({ url }: FastifyRequest): boolean => url.endsWith(`?${cancelledQuery}`)
