import { productOf } from '#contracts/catalogue/catalogue.ts'
import { type Facility, productAt } from '#contracts/facility.ts'
import type { Charges } from '#contracts/order-api/charges.ts'
import type { ItemRequest, OrderRequest } from '#contracts/order-api/order-request.ts'
import { defaultRoutingPolicy } from '#contracts/order-api/routing.ts'
import type { Issue } from '#contracts/parse.ts'
import { isPricedByPages } from '#contracts/prices/priced-by-pages.ts'
import { contentPagesOf } from '#pricing/content-pages.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { Routed } from '#pricing/routing/route-order.ts'
import type { AccountTerms } from '../auth/principal.ts'
import { billingOf, billingOfSale } from '../ledger/billing.ts'
import type { LedgerEntry } from '../ledger/entry.ts'
import type { OrderedContent } from '../publications/ordered-content.ts'
import { partOfOrder } from '../quotes/requested-part.ts'
import { routeAsCharged } from '../routing/as-charged.ts'
import { bookingsOf, filesDueAt, firstStageOf, paymentOf, ticketsOf } from './begin.ts'
import { checkRequest } from './check-request.ts'
import { withLeavesBy } from './leaves-by.ts'
import type { MakeId } from './make-id.ts'
import type { Item, NewEvent, Order, Ticket } from './order.ts'
import { paidSaleOf } from './sale.ts'

export type Placement = {
  readonly request: OrderRequest
  readonly accountId: string
  readonly isTest: boolean
  readonly terms: Pick<AccountTerms, 'billing' | 'creditLimitMinor' | 'graceMinutes' | 'currency'>
  /**
   * Asked once the request is found to be sound: what it costs, by its quote or by the books; undefined for a test order that nobody can
   * tax. Throws Refused.
   */
  readonly price?: () => Charges | undefined
  /** By place: what the publications hold that items name. */
  readonly contents?: readonly (OrderedContent | undefined)[]
  /** By which it is routed. */
  readonly data: PriceData
  readonly now: Date
  readonly makeId: MakeId
}

export type Placed = {
  readonly order: Order
  readonly tickets: readonly Ticket[]
  readonly events: readonly NewEvent[]
  readonly entries: readonly LedgerEntry[]
}

/** A new order with its process tickets, or every reason why it cannot be placed. Pure but for the ids it is given. */
export function placeOrder(placement: Placement): { readonly placed: Placed } | { readonly issues: readonly Issue[] } {
  const { request, data, makeId, contents = [] } = placement
  const issues = checkRequest(request)
  if (issues.length > 0) return { issues }
  const charges = placement.price?.()
  const part = partOfOrder(request, charges?.currency ?? placement.terms.currency)
  const routing = routeAsCharged(request, part, data, charges)
  if (routing.impossible.size > 0) return { issues: unroutable(request, routing.impossible) }
  const unplanned = request.items.flatMap((item, place) =>
    newItem(withContent(item, contents[place]), routing.facilityOf.get(item.sku), makeId),
  )
  const sent = { recipient: request.recipient, shippingMethod: request.shipping_method }
  const items = withLeavesBy(sent, unplanned, part.currency, data)
  const order = newOrder(placement, items, routing, charges)
  return {
    placed: {
      order,
      tickets: order.stage === 'draft' ? [] : ticketsOf(order, order.createdAt),
      entries: order.stage === 'draft' ? [] : bookingsOf(order, makeId),
      events: [
        {
          id: makeId('event'),
          type: 'order.created',
          data: {
            items: items.map(({ id, product, facilityId }) => ({ id, sku: product.sku, facility_id: facilityId })),
          },
        },
      ],
    },
  }
}

function newOrder(
  placement: Placement,
  items: readonly Item[],
  { candidates, unnamed, placeExactness }: Routed,
  charges: Charges | undefined,
): Order {
  const { request, isTest, now } = placement
  const at = now.toISOString()
  const sale = request.sale && paidSaleOf(request.sale)
  const billing = sale ? billingOfSale : billingOf(placement.terms, charges?.currency)
  return {
    accountId: placement.accountId,
    id: placement.makeId('order'),
    version: 1,
    eventCount: 1,
    isTest,
    isHeld: false,
    stage: request.draft ? 'draft' : firstStageOf(items),
    payment: request.draft ? 'unpaid' : paymentOf({ isTest, charges, billing }),
    ...(request.reference === undefined ? {} : { reference: request.reference }),
    ...(sale === undefined ? {} : { sale }),
    recipient: request.recipient,
    shippingMethod: request.shipping_method,
    metadata: request.metadata ?? {},
    candidates,
    unnamedCandidates: unnamed,
    placeExactness,
    routing: placement.data.policy ?? defaultRoutingPolicy,
    billing,
    ...(charges === undefined ? {} : { charges }),
    graceMinutes: placement.terms.graceMinutes,
    ...(request.draft || firstStageOf(items) === 'awaiting_files' ? { dueAt: filesDueAt(now) } : {}),
    onRejectedFiles: request.on_rejected_files ?? 'reject',
    refundedItemIds: [],
    items,
    issues: [],
    shipments: [],
    createdAt: at,
    updatedAt: at,
  }
}

type OrderedItem = ItemRequest & { readonly content?: OrderedContent | undefined }

const withContent = (item: ItemRequest, content: OrderedContent | undefined): OrderedItem => ({ ...item, content })

function newItem(item: OrderedItem, facility: Facility | undefined, makeId: MakeId): Item[] {
  const catalogued = productOf(item.sku)
  const product = facility && catalogued ? productAt(facility, catalogued) : undefined
  if (!facility || !product) return []
  const orderedPages = isPricedByPages(product) ? contentPagesOf(item) : item.pages
  const files = item.content?.files ?? item.files
  const defaults = Object.fromEntries(Object.entries(product.options).map(([name, option]) => [name, option.default]))
  return [
    {
      id: makeId('item'),
      status: 'pending',
      quantity: item.quantity,
      ...(item.title === undefined ? {} : { title: item.title }),
      product,
      options: { ...defaults, ...item.options },
      ...(item.design === undefined ? {} : { design: item.design }),
      ...(orderedPages === undefined ? {} : { orderedPages }),
      ...(files === undefined ? {} : { files }),
      ...(item.content === undefined ? {} : { publication: item.content.publication }),
      facilityId: facility.id,
      processTicketId: makeId('ticket'),
      printFiles: [],
      previews: [],
    },
  ]
}

function unroutable(request: OrderRequest, impossible: Routed['impossible']): Issue[] {
  return request.items.flatMap(({ sku }, index) => {
    const detail = impossible.get(sku)
    return detail === undefined ? [] : [{ pointer: `/items/${index}/sku`, detail }]
  })
}
