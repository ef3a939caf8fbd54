import type { FastifyInstance } from 'fastify'
import { createHttpServer } from '#chassis/http/server.ts'
import { issuesOf } from '#contracts/parse.ts'
import { problemCodes } from '#contracts/problem-codes.ts'
import { guardRoutes } from './routes/access.ts'
import { addCatalogueRoutes } from './routes/catalogue.ts'
import type { ApiContext } from './routes/context.ts'
import { addDocumentation } from './routes/documentation.ts'
import { addErrorPageRoute, errorPagePath } from './routes/error-page.ts'
import { addFileRoutes } from './routes/files.ts'
import { addHealthRoute } from './routes/health.ts'
import { addOrderActionRoutes } from './routes/order-actions.ts'
import { addOrderRoutes } from './routes/orders.ts'
import { addPlaceOrderRoute } from './routes/place-order.ts'
import { addPrintFileRoutes } from './routes/print-files.ts'

/** The API with all its routes, ready to listen. */
export async function createApp(context: ApiContext, publicUrl: string): Promise<FastifyInstance> {
  const app = createHttpServer({
    log: context.log,
    problems: problemCodes,
    docsUrl: `${publicUrl}${errorPagePath}`,
    issuesOf,
  })
  guardRoutes(app, context.authenticate)
  await addDocumentation(app, publicUrl)
  for (const add of [
    addCatalogueRoutes,
    addFileRoutes,
    addPlaceOrderRoute,
    addOrderRoutes,
    addOrderActionRoutes,
    addPrintFileRoutes,
    addErrorPageRoute,
    addHealthRoute,
  ]) {
    add(app, context)
  }
  await app.ready()
  return app
}
