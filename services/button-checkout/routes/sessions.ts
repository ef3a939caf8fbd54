import { Refused } from '#chassis/errors.ts'
import { createTokenBuckets } from '#chassis/http/token-bucket.ts'
import { newId } from '#chassis/ids.ts'
import { CheckoutRequest } from '#contracts/checkout/checkout-view.ts'
import { rateWindowSeconds } from '#contracts/environment.ts'
import { idPrefixes } from '#contracts/ids.ts'
import { parse } from '#contracts/parse.ts'
import { localeOf } from '#look/words.ts'
import { linkPath } from '../checkouts/links.ts'
import { newCheckout } from '../checkouts/new-checkout.ts'
import { cartIssues } from '../offer/cart-issues.ts'
import { readWares } from '../offer/read-wares.ts'
import { requireSale } from '../offer/require-sale.ts'
import type { AddRoutes } from './context.ts'
import { presentCheckout } from './present-checkout.ts'

/** A checkout that can be found again, by its link alone. A second request makes a second one, which nobody misses. */
export const addSessionsRoute: AddRoutes = (app, context) => {
  const { published, payments, store, keyring, now, config } = context
  const policy = { name: 'checkouts', quota: config.CHECKOUTS_OF_AN_ACCOUNT, windowSeconds: rateWindowSeconds }
  const take = createTokenBuckets(policy)
  app.post('/checkout/sessions', { schema: { body: CheckoutRequest } }, async (request, reply) => {
    const body = parse('checkout request', CheckoutRequest, request.body)
    const wares = await readWares(published, body.start)
    requireSale(wares, payments, now())
    const issues = cartIssues(wares, body.cart)
    if (issues.length > 0) throw new Refused('invalid_request', 'This cannot be bought like that.', issues)
    const { isAllowed, retryInSeconds } = take(wares.sale.account_id)
    if (!isAllowed) {
      reply.header('retry-after', String(retryInSeconds))
      throw new Refused('rate_limited', `Many visitors are here at the moment; wait ${retryInSeconds} s.`)
    }
    const wanted = { ...body, language: localeOf(body.language) }
    const checkout = newCheckout(newId(idPrefixes.checkout, now()), wares.sale, wanted, now())
    await store.insert(checkout)
    request.log.info({ checkoutId: checkout.id }, 'checkout_begun')
    reply.code(201).header('location', linkPath(keyring, 'checkout', checkout.id))
    return presentCheckout(context, checkout)
  })
}
