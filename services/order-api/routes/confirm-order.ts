import { Type } from 'typebox'
import { Order } from '#contracts/order-api/order.ts'
import { ConfirmRequest } from '#contracts/order-api/quote.ts'
import { parse } from '#contracts/parse.ts'
import { billingOf } from '../ledger/billing.ts'
import { wantAllowed } from '../orders/allowed.ts'
import { type Decide, unchanged } from '../orders/change.ts'
import { confirmOrder, isConfirmed } from '../orders/confirm-order.ts'
import { draftCharges } from '../quotes/draft-charges.ts'
import { readPriceData } from '../quotes/read-price-data.ts'
import { callerOf, needs } from './access.ts'
import { applyWish } from './apply-wish.ts'
import type { AddRoutes } from './context.ts'
import { IdempotencyHeaders } from './idempotent.ts'
import { responses } from './responses.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })

/** POST /v1/orders/:id/confirm: a draft becomes an order and is charged. */
export const addConfirmOrderRoute: AddRoutes = (app, context) => {
  app.post('/v1/orders/:id/confirm', {
    config: needs('orders:write'),
    schema: {
      tags: ['Orders'],
      summary: 'Make a draft an order: it is charged now',
      description:
        'Charged as quoted with a `quote_id`, else by the prices of this moment. A draft that nobody confirms within 30 days is cancelled. What was confirmed already is not charged again.',
      ...{ params: IdPath, headers: IdempotencyHeaders, body: ConfirmRequest },
      response: responses(200, Order, 'The order', 400, 401, 402, 403, 404, 409, 422),
    },
    // The body may be left out, which is not the same as an empty one to those who check it.
    preValidation: async (request) => {
      request.body ??= {}
    },
    handler: async (request) => {
      const { id } = parse('path', IdPath, request.params)
      const { quote_id: quoteId } = parse('confirmation', ConfirmRequest, request.body)
      const { terms } = callerOf(request)
      const data = await readPriceData(context)
      const decide: Decide = (draft, decideContext) => {
        if (isConfirmed(draft)) return unchanged(draft)
        wantAllowed(draft, 'confirm')
        const charges = draftCharges(
          draft,
          { quoteId, currency: terms.currency },
          { ...data, now: decideContext.now },
          context.keyring,
        )
        return confirmOrder(charges, billingOf(terms, charges?.currency))(draft, decideContext)
      }
      return applyWish(context, request, { orderId: id, name: 'confirm', decide })
    },
  })
}
