import { causeCodeOf } from '#contracts/facility-causes.ts'
import type { ItemEvent } from '#contracts/item-states.ts'
import type { FacilityStatus, FacilityStatusName } from '#contracts/messages/facility-status.ts'
import type { ItemNews } from '../orders/apply-item-event.ts'
import type { Item, Shipment } from '../orders/order.ts'

/** A facility that speaks of a job is asked again after so many times the usual patience, as its next word may get lost. */
const productionPatienceTimes = 10

const endings: readonly FacilityStatusName[] = ['rejected', 'failed', 'cancelled']

/** What of a facility's word stays with the item. */
export function factsOf(status: FacilityStatus, item: Item, lost: Shipment | undefined): Partial<Item> | undefined {
  switch (status.status) {
    case 'cancel_declined':
      return declined(item)
    case 'delayed':
      return delayed(status, item)
    case 'printed':
    case 'packed':
      return counted(status, item)
    case 'lost':
      return lost && { lost: [...(item.lost ?? []), { shipmentId: lost.id, at: status.at }] }
    default:
      return endings.includes(status.status) ? ended(status, item) : undefined
  }
}

const declined = ({ cancel, takeBack }: Item): Partial<Item> | undefined =>
  cancel || takeBack
    ? {
        ...(cancel ? { cancel: { ...cancel, state: 'declined' } } : {}),
        ...(takeBack?.state === 'asked' ? { takeBack: { ...takeBack, state: 'declined' } } : {}),
      }
    : undefined

/** The newest word counts, in whatever order they come. */
const delayed = ({ at, cause, expectedAt }: FacilityStatus, { delay }: Item): Partial<Item> | undefined =>
  delay && delay.at > at
    ? undefined
    : { delay: { at, ...(cause === undefined ? {} : { cause }), ...(expectedAt === undefined ? {} : { expectedAt }) } }

/** Counted in all: a word that comes twice or late counts nothing twice. */
function counted({ status, quantity }: FacilityStatus, { copies = {} }: Item): Partial<Item> | undefined {
  if (quantity === undefined) return undefined
  const printed = Math.max(copies.printed ?? 0, quantity)
  if (status === 'printed') return { copies: { ...copies, printed } }
  return { copies: { printed, packed: Math.max(copies.packed ?? 0, quantity) } }
}

/** A word that has a code is kept as that code; other words as they are. */
function ended({ status, cause }: FacilityStatus, { cancel }: Item): Partial<Item> {
  const code = cause === undefined ? undefined : causeCodeOf(cause)
  const failure = code === undefined || code === 'other' ? (cause ?? status) : code
  return { failure, ...(cancel && status === 'cancelled' ? { cancel: { ...cancel, state: 'accepted' } } : {}) }
}

/**
 * Only the last word of a job answers its tickets: until then the print client is asked now and then what became of it. That a
 * wish to cancel is declined answers the wish alone.
 */
export function answerOf(
  { productionTicketId: ticketId, cancel, takeBack }: Item,
  status: FacilityStatusName,
  event: ItemEvent,
): Pick<ItemNews, 'answersTicketIds' | 'patience'> {
  const asked = [cancel?.ticketId, takeBack?.ticketId].filter((id) => id !== undefined)
  if (status === 'cancel_declined') return { answersTicketIds: asked }
  if (ticketId === undefined || status === 'lost') return {}
  const isLast = event === 'shipped' || event === 'delivered' || endings.includes(status)
  return isLast
    ? { answersTicketIds: [ticketId, ...asked] }
    : { patience: { ticketId, times: productionPatienceTimes } }
}
