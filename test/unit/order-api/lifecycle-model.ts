import { Refused } from '#chassis/errors.ts'
import type { Finding } from '#contracts/findings.ts'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import type { ProcessReport } from '#contracts/messages/process-report.ts'
import type { OrderRequest } from '#contracts/order-api/order-request.ts'
import { priceOrder } from '#pricing/price-order.ts'
import { customerLedgers } from '../../../services/order-api/ledger/entry.ts'
import type { Decide } from '../../../services/order-api/orders/change.ts'
import type { Item, Order, Ticket } from '../../../services/order-api/orders/order.ts'
import { placeOrder } from '../../../services/order-api/orders/place-order.ts'
import { decideOnFacilityStatus } from '../../../services/order-api/status/handle-facility-status.ts'
import { decideOnReport } from '../../../services/order-api/status/handle-report.ts'
import { data, part } from '../pricing/world.ts'
import { countingIds } from './world.ts'

const finding: Finding = {
  ...{ code: 'CORRUPT_UNRECOVERABLE', severity: 'reject', found: 'noise' },
  ...{ wanted: 'a picture', why: 'it prints', action: 'send one' },
}

/** One order with what the database would keep beside it; changes are applied as they are saved, with a clock of its own. */
export class Life {
  order: Order
  nowEpochMs = data.now.getTime()
  readonly tickets: Ticket[] = []
  readonly answered = new Set<string>()
  /** What the customer is charged for, in minor units. */
  chargedMinor = 0
  /** The parcels that had left when the price of an item was given back. */
  readonly sentBefore = new Map<string, Order['shipments']>()
  readonly #makeId = countingIds()

  constructor(request: OrderRequest, graceMinutes: number, isPriced: boolean) {
    const priced = part(
      request.items.map(({ sku, quantity, pages }) => ({ sku, quantity, ...(pages === undefined ? {} : { pages }) })),
    )
    const result = placeOrder({
      ...{ request, accountId: 'acc_1', isTest: false, data, makeId: this.#makeId },
      terms: { billing: 'prepaid', creditLimitMinor: 1_000_000, graceMinutes, currency: 'EUR' },
      price: () => (isPriced ? priceOrder(priced, request.shipping_method, data) : undefined),
      now: data.now,
    })
    if ('issues' in result) throw new Error(JSON.stringify(result.issues))
    this.order = result.placed.order
    this.tickets.push(...result.placed.tickets)
    this.#book(result.placed.entries)
  }

  /** A refused wish changes nothing. */
  apply(decide: Decide): void {
    try {
      const change = decide(this.order, { now: new Date(this.nowEpochMs), makeId: this.#makeId })
      this.tickets.push(...change.newTickets)
      for (const id of change.answeredTicketIds) this.answered.add(id)
      this.#book(change.entries)
      for (const id of change.order.refundedItemIds)
        if (!this.order.refundedItemIds.includes(id)) this.sentBefore.set(id, this.order.shipments)
      this.order = { ...change.order, shipments: [...this.order.shipments, ...change.newShipments] }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
    }
  }

  /** A report on the newest process ticket of an item, or on an older one. */
  report(place: number, isNewest: boolean, outcome: 'started' | 'rejected' | number): void {
    const item = this.order.items[place]
    const own = this.tickets.filter(({ kind, itemId }) => kind === 'process' && itemId === item?.id)
    const ticket = isNewest ? own.at(-1) : own[0]
    if (!item || !ticket) return
    const ids = { ticketId: ticket.id, orderId: this.order.id, itemId: item.id }
    this.apply(decideOnReport(reportOf({ type: 'process_report', at: this.#at(), ...ids }, outcome)))
  }

  says(place: number, status: FacilityStatus['status']): void {
    const item = this.order.items[place]
    if (!item?.jobId) return
    const { facilityId, jobId, id: itemId } = item
    const ids = { statusId: this.#makeId('status'), facilityId, jobId, orderId: this.order.id, itemId }
    const tracking = status === 'shipped' ? { tracking: { carrier: 'Post', number: '1', quantity: 1 } } : {}
    this.apply(decideOnFacilityStatus({ type: 'facility_status', at: this.#at(), status, ...ids, ...tracking }))
  }

  open = (kind: Ticket['kind'], { id }: Item): boolean =>
    this.tickets.some((ticket) => ticket.kind === kind && ticket.itemId === id && !this.answered.has(ticket.id))

  #at = (): string => new Date(this.nowEpochMs).toISOString()

  #book(entries: readonly { readonly ledger: string; readonly amountMinor: number }[]): void {
    for (const { ledger, amountMinor } of entries)
      if (customerLedgers.some((own) => own === ledger)) this.chargedMinor += amountMinor
  }
}

type Heading = Pick<ProcessReport, 'type' | 'at' | 'ticketId' | 'orderId' | 'itemId'>

function reportOf(heading: Heading, outcome: 'started' | 'rejected' | number): ProcessReport {
  if (outcome === 'started') return { ...heading, outcome }
  if (outcome === 'rejected') return { ...heading, outcome, findings: [finding] }
  const keys = { reportKey: 'r', receiptKey: 'x' }
  return { ...heading, outcome: 'ready', pages: outcome, findings: [], printFiles: [], previews: [], ...keys }
}
