import type { FastifyInstance, FastifyRequest } from 'fastify'
import { addRateLimits } from '#chassis/http/rate-limits.ts'
import { createHttpServer } from '#chassis/http/server.ts'
import { issuesOf } from '#contracts/parse.ts'
import { problemCodes } from '#contracts/problem-codes.ts'
import { guardRoutes } from './routes/access.ts'
import { addAccountRoutes } from './routes/account.ts'
import { addApiKeyRoutes } from './routes/api-keys.ts'
import { addButtonRoutes } from './routes/button.ts'
import { addCaching } from './routes/caching.ts'
import { addCatalogueRoutes } from './routes/catalogue.ts'
import { addConfirmOrderRoute } from './routes/confirm-order.ts'
import type { ApiContext } from './routes/context.ts'
import { addDocumentation } from './routes/documentation.ts'
import { addErrorPageRoute, errorPagePath } from './routes/error-page.ts'
import { addEventRoutes } from './routes/events.ts'
import { addFacilityRoutes } from './routes/facilities.ts'
import { addFacilityEnrolmentRoute } from './routes/facility-enrolments.ts'
import { addFileRoutes } from './routes/files.ts'
import { addHealthRoute } from './routes/health.ts'
import { addLedgerRoutes } from './routes/ledger.ts'
import { addMemberRoutes } from './routes/members.ts'
import { addOrderActionRoutes } from './routes/order-actions.ts'
import { addOrderRoutes } from './routes/orders.ts'
import { addPlaceOrderRoute } from './routes/place-order.ts'
import { addPreflightRoutes } from './routes/preflights.ts'
import { addPrintFileRoutes } from './routes/print-files.ts'
import { addPublicationVersionRoutes } from './routes/publication-versions.ts'
import { addPublicationRoutes } from './routes/publications.ts'
import { addQuoteRoute } from './routes/quotes.ts'
import { addReprintRoutes } from './routes/reprints.ts'
import { addRoutingRoutes } from './routes/routing.ts'
import { addSalesRoute } from './routes/sales.ts'
import { addWebhookDeliveryRoutes } from './routes/webhook-deliveries.ts'
import { addWebhookRoutes } from './routes/webhooks.ts'

/** The API with all its routes, ready to listen. */
export async function createApp(context: ApiContext, publicUrl: string): Promise<FastifyInstance> {
  const app = createHttpServer({
    log: context.log,
    problems: { table: problemCodes, docsUrl: `${publicUrl}${errorPagePath}` },
    issuesOf,
    load: context.limits.load,
  })
  guardRoutes(app, context)
  addRateLimits(app, context.limits.rates, rateKeyOf)
  addCaching(app)
  await addDocumentation(app, publicUrl)
  for (const add of [
    addCatalogueRoutes,
    addFacilityRoutes,
    addFacilityEnrolmentRoute,
    addFileRoutes,
    addPreflightRoutes,
    addQuoteRoute,
    addPlaceOrderRoute,
    addOrderRoutes,
    addOrderActionRoutes,
    addConfirmOrderRoute,
    addPrintFileRoutes,
    addLedgerRoutes,
    addReprintRoutes,
    addRoutingRoutes,
    addSalesRoute,
    addAccountRoutes,
    addMemberRoutes,
    addApiKeyRoutes,
    addPublicationRoutes,
    addPublicationVersionRoutes,
    addButtonRoutes,
    addEventRoutes,
    addWebhookRoutes,
    addWebhookDeliveryRoutes,
    addErrorPageRoute,
    addHealthRoute,
  ]) {
    add(app, context)
  }
  await app.ready()
  return app
}

/**
 * Whoever has two keys may ask twice as much: the limits are there against loops gone wild, not for the bill. The checkout is one caller,
 * whoever it acts for.
 */
const rateKeyOf = ({ principal }: FastifyRequest): string | undefined =>
  principal && `${principal.checkoutAccountId ?? principal.accountId}/${principal.isTest}/${principal.keyId}`
