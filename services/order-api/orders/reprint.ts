import { Refused } from '#chassis/errors.ts'
import type { Charges, ShippingCharge } from '#contracts/order-api/charges.ts'
import type { ReprintRequest } from '#contracts/order-api/reprint.ts'
import { defaultRoutingPolicy } from '#contracts/order-api/routing.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { AccountTerms } from '../auth/principal.ts'
import { billingOf } from '../ledger/billing.ts'
import { advance } from './advance.ts'
import { bookingsOf, filesDueAt, firstStageOf, paymentOf, ticketsOf } from './begin.ts'
import { unchanged } from './change.ts'
import { withLeavesBy } from './leaves-by.ts'
import type { MakeId } from './make-id.ts'
import type { Item, NewEvent, Order } from './order.ts'
import type { Placed } from './place-order.ts'
import { chargesOfFault } from './reprint-charges.ts'
import { type WantedItem, wantedItems } from './reprint-items.ts'
import { type ReprintPlace, type ReprintRouting, routeReprint } from './reprint-routing.ts'

export type ReprintWish = {
  readonly original: Order
  /** The reprints that it has. */
  readonly earlier: readonly Order[]
  readonly request: ReprintRequest
  readonly terms: AccountTerms
  /** By which it is routed where its facility cannot print it again. */
  readonly data: PriceData
  /** Items of the original whose print files are all still there. */
  readonly madeItemIds: ReadonlySet<string>
  /** Today's price, for whoever reprints at own cost; undefined for a test order that nobody can price. */
  readonly price: (order: Order) => Charges | undefined
  /** When it arrives what this facility is asked for now; undefined where it has no rate any more. */
  readonly windowOf: (
    facilityId: string,
    skus: readonly string[],
  ) => Pick<ShippingCharge, 'earliest' | 'latest'> | undefined
  readonly now: Date
  readonly makeId: MakeId
}

/** The new order, and the original with its link and the event that says so. */
export type ReprintedOrder = {
  readonly placed: Placed
  readonly reprinted: { readonly order: Order; readonly event: NewEvent }
}

/**
 * A new order that prints something of another one again, as it was: recipient, product, pages, files and facility. What has its print
 * files is ready at once. Who pays is who is at fault. Throws Refused when it is not possible. Pure but for the ids it is given.
 */
export function reprintOrder(wish: ReprintWish): ReprintedOrder {
  const { original, request, makeId, now } = wish
  const wanted = wantedItems(original, request, wish.earlier)
  const routing = routeReprint(wish.data, wish.terms, original, wanted)
  const order = paidOrder(wish, wanted, newOrder(wish, wanted, routing))
  const created: NewEvent = {
    id: makeId('event'),
    type: 'order.created',
    data: {
      reprint_of: original.id,
      items: order.items.map(({ id, product, facilityId }) => ({ id, sku: product.sku, facility_id: facilityId })),
    },
  }
  const begun = advance(
    {
      ...unchanged(order),
      events: [created],
      newTickets: ticketsOf(
        { ...order, items: order.items.filter(({ status }) => status === 'pending') },
        order.createdAt,
      ),
      entries: bookingsOf(order, makeId),
    },
    { now, makeId },
  )
  const { newTickets: tickets, events, entries } = begun
  return { placed: { order: begun.order, tickets, events, entries }, reprinted: linked(wish, wanted, order) }
}

function newOrder(wish: ReprintWish, wanted: readonly WantedItem[], routing: ReprintRouting): Order {
  const { original, request, terms, makeId } = wish
  const at = wish.now.toISOString()
  const made = wanted.map((each, index) => newItem(wish, each, index, routing.places[index]))
  const items = withLeavesBy(original, made, original.charges?.currency ?? terms.currency, wish.data)
  const stage = firstStageOf(items)
  return {
    accountId: original.accountId,
    id: makeId('order'),
    version: 1,
    eventCount: 1,
    isTest: original.isTest,
    isHeld: false,
    stage,
    payment: 'waived',
    ...(original.reference === undefined ? {} : { reference: original.reference }),
    reprintOf: { orderId: original.id, fault: request.fault, reason: request.reason },
    recipient: original.recipient,
    shippingMethod: original.shippingMethod,
    metadata: original.metadata,
    candidates: routing.candidates,
    unnamedCandidates: routing.unnamed,
    placeExactness: routing.placeExactness,
    routing: wish.data.policy ?? defaultRoutingPolicy,
    billing: billingOf(terms),
    graceMinutes: terms.graceMinutes,
    ...(stage === 'awaiting_files' ? { dueAt: filesDueAt(wish.now) } : {}),
    onRejectedFiles: 'reject',
    refundedItemIds: [],
    items,
    issues: [],
    shipments: [],
    createdAt: at,
    updatedAt: at,
  }
}

/** As it was printed. The page count is the one that was printed, whatever was said of it when it was ordered. */
function newItem(wish: ReprintWish, wanted: WantedItem, index: number, place: ReprintPlace | undefined): Item {
  const { item, quantity } = wanted
  if (!place) {
    const detail = `no open facility makes ${item.product.sku} at the moment`
    const issue = { pointer: `/items/${index}/item_id`, detail }
    throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', [issue])
  }
  const {
    productionTicketId: _ticket,
    jobId: _job,
    cancel: _cancel,
    failure: _failure,
    keptCopies: _copies,
    progress: _progress,
    earlier: _earlier,
    takeBack: _takeBack,
    copies: _counted,
    delay: _delay,
    lost: _lost,
    ...kept
  } = item
  const { printFiles, previews, reportKey: _report, receiptKey: _receipt, ...asked } = kept
  const pages = item.pages ?? item.orderedPages
  const isMade = place.isSame && printFiles.length > 0 && wish.madeItemIds.has(item.id)
  return {
    ...(isMade ? { ...kept, status: 'ready' } : { ...asked, status: 'pending', printFiles: [], previews: [] }),
    id: wish.makeId('item'),
    quantity,
    ...(pages === undefined ? {} : { orderedPages: pages }),
    product: place.product,
    facilityId: place.facilityId,
    processTicketId: wish.makeId('ticket'),
  }
}

function paidOrder(wish: ReprintWish, wanted: readonly WantedItem[], order: Order): Order {
  const { fault } = wish.request
  if (fault === 'publisher') {
    const charges = wish.price(order)
    const billing = billingOf(wish.terms, charges?.currency)
    const { isTest } = order
    const payment = paymentOf({ isTest, billing, ...(charges ? { charges } : {}) })
    return { ...order, billing, payment, ...(charges ? { charges } : {}) }
  }
  const charges = sentFrom(wish, order, chargesOfFault(wish.original, wanted, wish.now))
  return { ...order, billing: { mode: fault, limitMinor: null }, ...(charges ? { charges } : {}) }
}

/** The shipping is of whoever sends it now, and arrives when what they are asked for now arrives. */
function sentFrom({ windowOf }: ReprintWish, { items }: Order, charges: Charges | undefined): Charges | undefined {
  if (!charges) return undefined
  const shipping = charges.shipping.map((each) => {
    const facilityId = items[each.items[0] ?? 0]?.facilityId ?? each.facility_id
    const skus = each.items.flatMap((place) => items[place]?.product.sku ?? [])
    return { ...each, facility_id: facilityId, ...windowOf(facilityId, skus) }
  })
  return { ...charges, shipping }
}

function linked({ original, request, makeId }: ReprintWish, wanted: readonly WantedItem[], { id }: Order) {
  const items = wanted.map(({ item, quantity }) => ({ itemId: item.id, quantity }))
  const link = { orderId: id, fault: request.fault, items }
  const data = { reprint_order_id: id, fault: request.fault, item_ids: items.map(({ itemId }) => itemId) }
  return {
    order: { ...original, reprints: [...(original.reprints ?? []), link] },
    event: { id: makeId('event'), type: 'order.reprinted', data },
  }
}
