import { healthPath } from '#chassis/http/load-gate.ts'
import type { AddRoutes } from './context.ts'

/** GET /healthz: the process serves. Says nothing of the database: a load balancer must not end us for its faults. */
export const addHealthRoute: AddRoutes = (app) => {
  app.get(healthPath, { schema: { hide: true }, handler: async () => ({ status: 'ok' }) })
}
