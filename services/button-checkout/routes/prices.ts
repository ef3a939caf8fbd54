import { PriceRequest } from '#contracts/checkout/checkout-view.ts'
import { parse } from '#contracts/parse.ts'
import { priceCart } from '../offer/price-cart.ts'
import { readWares } from '../offer/read-wares.ts'
import type { AddRoutes } from './context.ts'

/** What a cart costs by each method, before anything is kept. Nobody but the CDN is asked. */
export const addPricesRoute: AddRoutes = (app, { published, now }) => {
  app.post('/checkout/prices', { schema: { body: PriceRequest } }, async (request) => {
    const { start, cart, destination } = parse('price request', PriceRequest, request.body)
    return priceCart(await readWares(published, start), cart, destination, now())
  })
}
