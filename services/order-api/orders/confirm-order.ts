import type { Charges } from '#contracts/order-api/charges.ts'
import { advance } from './advance.ts'
import { wantAllowed } from './allowed.ts'
import { bookingsOf, filesDueAt, firstStageOf, paymentOf, ticketsOf } from './begin.ts'
import { type Decide, unchanged } from './change.ts'
import type { Billing, Order } from './order.ts'

/** It was a draft and is an order already: to confirm it again is nothing new. */
export const isConfirmed = ({ isConfirmed: was = false, stage }: Order): boolean =>
  was && stage !== 'cancelled' && stage !== 'rejected'

/** Makes a draft an order: it is charged now, by the terms of now where they are given, and what files it has are looked into. */
export function confirmOrder(charges: Charges | undefined, billing?: Billing): Decide {
  return (draft, context) => {
    wantAllowed(draft, 'confirm')
    const stage = firstStageOf(draft.items)
    const { charges: _asDrafted, dueAt: _ofDraft, ...rest } = draft
    const order: Order = {
      ...rest,
      isConfirmed: true,
      ...(charges === undefined ? {} : { charges }),
      billing: billing ?? draft.billing,
      stage,
      payment: paymentOf({ ...rest, charges, billing: billing ?? draft.billing }),
      ...(stage === 'awaiting_files' ? { dueAt: filesDueAt(context.now) } : {}),
    }
    const events = [
      { id: context.makeId('event'), type: 'order.confirmed', data: {} },
      { id: context.makeId('event'), type: `order.${stage}`, data: {} },
    ]
    return advance(
      {
        ...unchanged(order),
        events,
        newTickets: ticketsOf(order, context.now.toISOString()),
        entries: bookingsOf(order, context.makeId),
      },
      context,
    )
  }
}
