import type { OrderPatch } from '../../order-client/index.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { isMeant, paintOf, tell, yes } from '../output.ts'
import { usageFault } from '../read-arguments.ts'
import { orderText } from '../text/order-text.ts'
import { shippingOf } from '../wanted-order.ts'
import { recipientOptions, wantedRecipient } from '../wanted-recipient.ts'
import { orderIdIn } from '../words-given.ts'

export const change: Command = {
  name: 'change',
  usage: 'ORDER …',
  summary: 'another recipient or shipping method',
  options: {
    ...recipientOptions,
    shipping: { value: 'METHOD', text: 'the other method; the difference is charged or paid back' },
    yes,
  },
  details: 'A recipient is given whole. "actions ORDER" says until when this is possible.',
  run: async (context) => {
    const { given, signal } = context
    const id = orderIdIn(context, 'change')
    const isMoved = Object.keys(recipientOptions).some((name) => given.has(name))
    const wanted: OrderPatch = {
      ...(isMoved ? { recipient: await wantedRecipient(given, 'change') } : {}),
      ...(given.has('shipping') ? { shipping_method: shippingOf(given, 'change') } : {}),
    }
    if (Object.keys(wanted).length === 0) {
      throw usageFault('There is nothing to change.', 'Give --shipping METHOD, or --to recipient.json.', 'change')
    }
    const client = await context.client()
    if (!(await isMeant(context, `Change ${id}? The difference is charged or paid back.`))) return exitCodes.endedBadly
    const order = await client.orders.change(id, wanted, { signal })
    tell(context, order, () => orderText(order, paintOf(context)))
    return exitCodes.fine
  },
}
