import type { AddRoutes } from './context.ts'

/** GET /healthz: the process serves. Says nothing of the database: a load balancer must not end us for its faults. */
export const addHealthRoute: AddRoutes = (app) => {
  app.get('/healthz', { schema: { hide: true }, handler: async () => ({ status: 'ok' }) })
}
