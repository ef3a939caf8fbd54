import type { FastifyInstance } from 'fastify'
import { createHttpServer } from '#chassis/http/server.ts'
import { issuesOf } from '#contracts/parse.ts'
import { addAddressLimit } from './routes/address-limit.ts'
import { answerAsPages } from './routes/answer-page.ts'
import { addAssetsRoute } from './routes/assets.ts'
import { addChangeRoute } from './routes/change.ts'
import { addCheckoutPageRoute } from './routes/checkout-page.ts'
import type { AddRoutes, CheckoutContext } from './routes/context.ts'
import { addHealthRoute } from './routes/health.ts'
import { addOrderRoutes } from './routes/order.ts'
import { addOrderPageRoute } from './routes/order-page.ts'
import { addPayRoute } from './routes/pay.ts'
import { addPricesRoute } from './routes/prices.ts'
import { problemsOf } from './routes/problems.ts'
import { addReturnRoutes } from './routes/returns.ts'
import { addSameSiteRule } from './routes/same-site.ts'
import { addSecurityHeaders } from './routes/security-headers.ts'
import { addSessionsRoute } from './routes/sessions.ts'
import { addStartPageRoute } from './routes/start-page.ts'
import { addStateRoute } from './routes/state.ts'
import { addWebhookRoutes } from './routes/webhooks.ts'

/** A checkout has one cart and one address: what is larger was not made by its page. */
const bodyLimitBytes = 65_536
const load = { mostAtOnce: 256, mostDelayMilliseconds: 1000 } as const

/** For people: what goes wrong is a page. */
const pageRoutes: readonly AddRoutes[] = [addStartPageRoute, addCheckoutPageRoute, addReturnRoutes, addOrderPageRoute]
/** For pages: what goes wrong is problem+json. */
const dataRoutes: readonly AddRoutes[] = [
  addPricesRoute,
  addSessionsRoute,
  addStateRoute,
  addChangeRoute,
  addPayRoute,
  addOrderRoutes,
  addAssetsRoute,
  addHealthRoute,
  addWebhookRoutes,
]

/** The checkout with all its routes, ready to listen. */
export async function createApp(context: CheckoutContext): Promise<FastifyInstance> {
  const { config, log } = context
  const app = createHttpServer({ log, problems: problemsOf(config), issuesOf, load, bodyLimitBytes })
  addSecurityHeaders(app, config)
  addAddressLimit(app, config)
  addSameSiteRule(app, config.CHECKOUT_URL)
  for (const add of dataRoutes) add(app, context)
  await app.register(async (pages) => {
    answerAsPages(pages, context)
    for (const add of pageRoutes) add(pages, context)
  })
  await app.ready()
  return app
}
