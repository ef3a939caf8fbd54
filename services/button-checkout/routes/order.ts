import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { Address, Recipient } from '#contracts/order-api/recipient.ts'
import { cancelOrder } from '../aftercare/cancel-order.ts'
import { changeAddress } from '../aftercare/change-address.ts'
import { createFreshLook } from '../aftercare/fresh-look.ts'
import type { AddRoutes, CheckoutContext } from './context.ts'
import { foundCheckout } from './found-checkout.ts'
import { addInvoiceRoute } from './order-invoice.ts'
import { shownOrder } from './shown-order.ts'

/** Who gets it, without the mail address: that one stays. */
const NewRecipient = Type.Object(
  { name: Recipient.properties.name, phone: Recipient.properties.phone, address: Address },
  { additionalProperties: false },
)

/** What the page of an order asks for. Nobody comes here without a link that cannot be guessed. */
export const addOrderRoutes: AddRoutes = (app, context) => {
  addStateRoute(app, context)
  addCancelRoute(app, context)
  addRecipientRoute(app, context)
  addInvoiceRoute(app, context)
}

/** Asked again and again while somebody looks: who has the newest gets 304. */
const addStateRoute: AddRoutes = (app, context) => {
  const fresh = createFreshLook(context.ordersOf, context.now, context.log)
  app.get('/order/:token/state', async (request) => {
    const checkout = await foundCheckout(context, 'order', request)
    return shownOrder(checkout, context.now(), await fresh.look(checkout))
  })
}

/** Who may do something with it. What nobody bought is not there. */
async function boughtId(context: CheckoutContext, request: FastifyRequest): Promise<string> {
  const checkout = await foundCheckout(context, 'order', request)
  return shownOrder(checkout, context.now()).checkout_id
}

const addCancelRoute: AddRoutes = (app, context) => {
  app.post('/order/:token/cancel', async (request) => {
    const id = await boughtId(context, request)
    const checkout = await cancelOrder(context, id)
    context.log.info({ checkoutId: id, state: checkout?.state }, 'cancel_wished')
    return shownOrder(checkout, context.now())
  })
}

const addRecipientRoute: AddRoutes = (app, context) => {
  app.patch<{ Body: Static<typeof NewRecipient> }>('/order/:token/recipient', {
    schema: { body: NewRecipient },
    handler: async (request) => {
      const id = await boughtId(context, request)
      const checkout = await changeAddress(context, id, request.body)
      context.log.info({ checkoutId: id }, 'address_changed')
      return shownOrder(checkout, context.now())
    },
  })
}
