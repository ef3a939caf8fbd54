import type { OrderPatch } from '#contracts/order-api/order-request.ts'
import type { PriceData } from '#pricing/price-data.ts'
import { type Decide, unchanged } from './change.ts'
import { changeRecipient } from './change-recipient.ts'
import { changeShipping } from './change-shipping.ts'

/** Both changes of a patch or none; each is decided on what the one before left. */
export const patchOrder =
  ({ recipient, shipping_method: method }: OrderPatch, data: PriceData): Decide =>
  (order, context) => {
    const sent = recipient ? changeRecipient(recipient, data.taxes)(order, context) : undefined
    const current = sent?.order ?? order
    const shipped = method ? changeShipping(method, data)(current, context) : undefined
    return {
      ...unchanged(shipped?.order ?? current),
      events: [...(sent?.events ?? []), ...(shipped?.events ?? [])],
      entries: shipped?.entries ?? [],
    }
  }
