import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import { cancelOrder } from '../../../services/order-api/orders/cancel-order.ts'
import type { Decide } from '../../../services/order-api/orders/change.ts'
import type { ChooseNext } from '../../../services/order-api/orders/next-facility.ts'
import type { Item, Order, Ticket } from '../../../services/order-api/orders/order.ts'
import { leftToClient, type TakenJob, takenBack, wantBack } from '../../../services/order-api/orders/take-back.ts'
import { decideOnFacilityStatus } from '../../../services/order-api/status/handle-facility-status.ts'
import { decideOnReport } from '../../../services/order-api/status/handle-report.ts'
import { aRequest, countingIds, now, placedOrder } from './world.ts'

const facilities = ['fac_utrecht', 'fac_b', 'fac_c'] as const

/** The next one in the row, while there is one and `isAnybodyElse`. */
const chooseNext =
  (isAnybodyElse: boolean): ChooseNext =>
  (_order, { facilityId, earlier = [], product }) => {
    const had = [facilityId, ...earlier.map((each) => each.facilityId)]
    const next = facilities.find((each) => !had.includes(each))
    const made = productOf(product.sku)
    return next && made && isAnybodyElse ? { facilityId: next, product: made } : { reason: 'nobody else makes it' }
  }

/** What became of a job at its facility; a job that nobody has is not here. */
type JobAtFacility = { isHandedOver: boolean; isEnded: boolean; isShipped: boolean }

/**
 * One order, its claims, and print clients that obey them: what a client says travels in a bag, from which it comes late, twice and in any
 * order. Our own worker takes back in three steps, between which everything else may happen.
 */
export class Shops {
  order: Order = placedOrder(aRequest())
  readonly tickets: Ticket[] = []
  readonly answered = new Set<string>()
  readonly claims = new Map<string, 'client' | 'ours'>()
  readonly jobs = new Map<string, JobAtFacility>()
  readonly bag: FacilityStatus[] = []
  isAnybodyElse = true
  /** The job that our worker has in hand: it may be slow. */
  #inHand: TakenJob | undefined
  readonly #heard = new Set<string>()
  readonly #makeId = countingIds()

  get item(): Item {
    const [item] = this.order.items
    if (!item) throw new Error('the order has no item')
    return item
  }

  readonly #apply = (decide: Decide): void => {
    const change = decide(this.order, { now, makeId: this.#makeId })
    this.tickets.push(...change.newTickets)
    for (const id of change.answeredTicketIds) this.answered.add(id)
    this.order = { ...change.order, shipments: [...this.order.shipments, ...change.newShipments] }
  }

  readonly ready = (): void => {
    const { id: itemId, processTicketId: ticketId } = this.item
    const heading = { type: 'process_report' as const, ticketId, orderId: this.order.id, itemId, at: now.toISOString() }
    const made = { pages: 1, findings: [], printFiles: [], previews: [], reportKey: 'r', receiptKey: `x-${ticketId}` }
    this.#apply(decideOnReport({ ...heading, outcome: 'ready', ...made }))
  }

  readonly cancel = (): void => {
    try {
      this.#apply(cancelOrder)
    } catch {
      // Too late, or asked before.
    }
  }

  /** A print client gets a production ticket, of now or of long ago. */
  readonly deliver = (place: number): void => {
    const jobId = this.#jobOf('production', place)
    if (jobId === undefined || this.claims.has(jobId)) return
    this.claims.set(jobId, 'client')
    this.jobs.set(jobId, { isHandedOver: false, isEnded: false, isShipped: false })
  }

  /** It gets a wish to cancel: it ends what it has not handed over, also what it hears of for the first time. */
  readonly deliverCancel = (place: number): void => {
    const jobId = this.#jobOf('cancel', place)
    if (jobId === undefined) return
    if (!this.claims.has(jobId)) {
      this.claims.set(jobId, 'client')
      this.jobs.set(jobId, { isHandedOver: false, isEnded: false, isShipped: false })
    }
    const job = this.jobs.get(jobId)
    if (!job) return
    if (!job.isHandedOver) job.isEnded = true
    this.#say(jobId, job.isEnded ? 'cancelled' : 'cancel_declined', 'UserRequest')
  }

  readonly shopSays = (place: number, status: 'accepted' | 'printing' | 'shipped' | 'rejected' | 'failed'): void => {
    const [jobId, job] = [...this.jobs][place] ?? []
    if (jobId === undefined || !job || job.isEnded || job.isShipped) return
    job.isHandedOver = true
    job.isShipped = status === 'shipped'
    job.isEnded = status === 'rejected' || status === 'failed'
    this.#say(jobId, status, job.isEnded ? 'device_down' : undefined)
  }

  /** One word of the bag arrives; it may stay in it, and come again. */
  readonly hear = (place: number, isLast: boolean): void => {
    const status = this.bag[place % Math.max(1, this.bag.length)]
    if (!status) return
    if (isLast) this.bag.splice(this.bag.indexOf(status), 1)
    if (this.#heard.has(status.statusId)) return
    this.#heard.add(status.statusId)
    this.#apply(decideOnFacilityStatus(status, chooseNext(this.isAnybodyElse)))
  }

  readonly want = (cause: 'unclaimed' | 'facility_paused'): void => {
    const { id: itemId, jobId } = this.item
    if (jobId === undefined) return
    this.#apply(wantBack({ itemId, jobId }, cause, chooseNext(this.isAnybodyElse)))
    if (this.item.takeBack?.state === 'claiming') this.#inHand = { itemId, jobId }
  }

  /** By the worker that began, or by another one that finds the wish. */
  readonly claim = (): void => {
    if (this.#inHand && !this.claims.has(this.#inHand.jobId)) this.claims.set(this.#inHand.jobId, 'ours')
  }

  readonly conclude = (): void => {
    const job = this.#inHand
    const holder = job && this.claims.get(job.jobId)
    if (!job || !holder) return
    this.#apply(holder === 'ours' ? takenBack(job, chooseNext(this.isAnybodyElse)) : leftToClient(job))
    this.#inHand = undefined
  }

  /** The worker dies, and the next sweep goes on from what is written. */
  readonly crash = (): void => {
    const { id: itemId, jobId, takeBack } = this.item
    this.#inHand = jobId !== undefined && takeBack?.state === 'claiming' ? { itemId, jobId } : undefined
  }

  /** Jobs that some facility may still print, or has printed. */
  mayPrint = (): readonly string[] =>
    this.tickets.flatMap(({ kind, body }) => {
      if (kind !== 'production' || typeof body !== 'object' || body === null || !('jobId' in body)) return []
      const jobId = String(body.jobId)
      const job = this.jobs.get(jobId)
      const isFree = !this.claims.has(jobId)
      return isFree || (job && !job.isEnded) ? [jobId] : []
    })

  #jobOf(kind: Ticket['kind'], place: number): string | undefined {
    const own = this.tickets.filter((ticket) => ticket.kind === kind)
    const body = own[place % Math.max(1, own.length)]?.body
    return typeof body === 'object' && body !== null && 'jobId' in body ? String(body.jobId) : undefined
  }

  #say(jobId: string, status: FacilityStatus['status'], cause: string | undefined): void {
    const ticket = this.tickets.find(
      ({ body }) => typeof body === 'object' && body !== null && 'jobId' in body && body.jobId === jobId,
    )
    if (!ticket) return
    this.bag.push({
      ...{ type: 'facility_status', statusId: `sts_${jobId}_${status}`, facilityId: ticket.queue, jobId },
      ...{ orderId: this.order.id, itemId: this.item.id, at: now.toISOString(), status },
      ...(cause === undefined ? {} : { cause }),
      ...(status === 'shipped' ? { tracking: { carrier: 'Post', number: '1', quantity: 1 } } : {}),
    })
  }
}
