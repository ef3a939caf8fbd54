import type { AddRoutes } from './context.ts'
import { foundCheckout } from './found-checkout.ts'
import { presentCheckout } from './present-checkout.ts'

/** How a checkout stands, for its page that comes back from somewhere. */
export const addStateRoute: AddRoutes = (app, context) => {
  app.get('/checkout/c/:token/state', async (request) =>
    presentCheckout(context, await foundCheckout(context, 'checkout', request)),
  )
}
