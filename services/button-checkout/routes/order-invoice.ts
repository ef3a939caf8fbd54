import { LRUCache } from 'lru-cache'
import { Refused } from '#chassis/errors.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { assignNumbers } from '../invoice/assign-numbers.ts'
import { type InvoicePdf, invoicePdf } from '../invoice/invoice-pdf.ts'
import type { AddRoutes } from './context.ts'
import { foundCheckout } from './found-checkout.ts'

/** Drawing one takes half a second of work, and it is the same for ever until a credit note is added. */
const mostKept = 200

/** The invoice. Whoever asks before a worker gave it its number waits for that; it is the same number and the same invoice for ever. */
export const addInvoiceRoute: AddRoutes = (app, context) => {
  const drawn = new LRUCache<string, Promise<InvoicePdf | undefined>>({ max: mostKept })
  const pdfOf = (checkout: Checkout): Promise<InvoicePdf | undefined> => {
    const key = `${checkout.id} ${checkout.refunds.map(({ note }) => note?.number).join(' ')}`
    const known = checkout.invoice ? drawn.get(key) : undefined
    if (known) return known
    const made = invoicePdf(checkout)
    if (checkout.invoice) drawn.set(key, made)
    // What failed is drawn anew; who waits for this one hears of it.
    made.catch(() => drawn.delete(key))
    return made
  }
  app.get('/order/:token/invoice.pdf', async (request, reply) => {
    const { id } = await foundCheckout(context, 'order', request)
    const checkout = await assignNumbers(context, id)
    const pdf = checkout && (await pdfOf(checkout))
    if (!pdf) throw new Refused('not_found', 'There is no invoice: nothing was paid, or all of it went back before.')
    return reply
      .header('content-disposition', `inline; filename="${pdf.fileName}"`)
      .type('application/pdf')
      .send(Buffer.from(pdf.bytes))
  })
}
