import { Refused } from '#chassis/errors.ts'
import type { OrderView } from '#contracts/checkout/order-view.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { type Heard, orderViewOf } from '../checkouts/order-view-of.ts'

/** The order as its customer sees it. Throws Refused `not_found`, as for a link that was never given out, where nothing was bought. */
export function shownOrder(checkout: Checkout | undefined, now: Date, heard?: Heard): OrderView {
  const view = checkout && orderViewOf(checkout, now, heard)
  if (view) return view
  throw new Refused('not_found', 'This link leads to nothing, or to nothing any more.')
}
