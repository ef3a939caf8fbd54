import { Refused } from '#chassis/errors.ts'
import { assignNumbers } from '../invoice/assign-numbers.ts'
import { invoicePdf } from '../invoice/invoice-pdf.ts'
import type { AddRoutes } from './context.ts'
import { foundCheckout } from './found-checkout.ts'

/** The invoice. Whoever asks before a worker gave it its number waits for that; it is the same number and the same invoice for ever. */
export const addInvoiceRoute: AddRoutes = (app, context) => {
  app.get('/order/:token/invoice.pdf', async (request, reply) => {
    const { id } = await foundCheckout(context, 'order', request)
    const checkout = await assignNumbers(context, id)
    const pdf = checkout && (await invoicePdf(checkout))
    if (!pdf) throw new Refused('not_found', 'There is no invoice: nothing was paid, or all of it went back before.')
    return reply
      .header('content-disposition', `inline; filename="${pdf.fileName}"`)
      .type('application/pdf')
      .send(Buffer.from(pdf.bytes))
  })
}
