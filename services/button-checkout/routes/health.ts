import type { AddRoutes } from './context.ts'

/** Nobody's: it is asked for so that the store answers. */
const nobody = 'health'

/**
 * 200 as long as pages can be served; `store` says whether checkouts can be kept. It asks nothing of the order API: without it the checkout
 * sells all the same.
 */
export const addHealthRoute: AddRoutes = (app, { store }) => {
  app.get('/checkout/healthz', async () => {
    const isStoreUp = await store.find(nobody).then(
      () => true,
      () => false,
    )
    return { status: 'ok', store: isStoreUp ? 'working' : 'down' }
  })
}
