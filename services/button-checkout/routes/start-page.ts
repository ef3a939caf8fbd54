import { checkoutPath } from '#contracts/checkout/start.ts'
import { readWares } from '../offer/read-wares.ts'
import { regionOf } from '../offer/region-of.ts'
import { shopOf } from '../offer/shop-of.ts'
import type { AddRoutes } from './context.ts'
import { checkoutPage } from './html.ts'
import { readStart } from './read-start.ts'
import { wantedLanguage } from './wanted-language.ts'

/** The first step. Nothing is kept and nobody is asked but the CDN, so that it is there when nothing else is. */
export const addStartPageRoute: AddRoutes = (app, { published, payments, assets, config, now }) => {
  app.get(checkoutPath, async (request, reply) => {
    const start = readStart(request.query)
    const wares = await readWares(published, start)
    const shop = shopOf(wares, {
      now: now(),
      cdnUrl: config.CDN_URL,
      region: regionOf(request.headers['accept-language']),
      isPayable: payments.isOpen(wares.sale.is_test),
    })
    const language = wantedLanguage(start.lang, request)
    return reply.type('text/html; charset=utf-8').send(checkoutPage({ shop, view: undefined, language, assets }))
  })
}
