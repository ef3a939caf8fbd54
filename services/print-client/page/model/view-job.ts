import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import type { DeskJob } from '../../desk/desk-job.ts'
import type { JobView, PartView, ShipToView, Stage } from './view.ts'

/** How far the shop said that a job is. */
export const progress = ['accepted', 'printing', 'printed', 'packed', 'shipped', 'delivered'] as const
export type Progress = (typeof progress)[number]

/** What the page remembers of a job besides the desk. */
export type JobFacts = {
  /** Without its address once the job is over. */
  readonly ticket?: Omit<JobTicket, 'shipTo'> & Partial<Pick<JobTicket, 'shipTo'>>
  readonly furthest: Progress
  readonly isCancelAsked: boolean
}

/** A job as the page shows it; pure. */
export function viewOf(job: DeskJob, facts: JobFacts | undefined, now: Date): JobView {
  const { summary, parcels } = job
  const ticket = facts?.ticket
  const quantity = ticket?.quantity ?? summary?.quantity ?? 1
  const dueAt = job.expectedAt ?? ticket?.dueAt
  const stage = stageOf(job, facts, quantity)
  return {
    ...ids(job),
    stage,
    quantity,
    isTest: ticket?.isTest ?? summary?.isTest ?? false,
    title: ticket?.title ?? summary?.title,
    product: ticket?.product.title ?? summary?.product,
    reference: ticket?.reference ?? summary?.reference,
    shippingMethod: ticket?.shippingMethod ?? summary?.shippingMethod,
    country: summary?.country,
    arrivedAt: job.arrivedAt ?? ticket?.issuedAt,
    ...{ dueAt, cause: job.cause, shipTo: shipToOf(ticket) },
    ...madeOf(ticket),
    parcels: parcels.map(({ carrier, number, quantity: copies }) => ({ carrier, number, quantity: copies })),
    changedAt: job.changedAt,
    isLate: dueAt !== undefined && !isGone(stage) && Date.parse(dueAt) < now.getTime(),
    isDelayed: job.expectedAt !== undefined,
    isCancelAsked: facts?.isCancelAsked ?? false,
    mayBeRejected: job.actions.includes('reject'),
    mayDecide: job.actions.includes('release') || job.actions.includes('drop'),
    untold: job.untold,
    hasPicture: summary?.preview !== undefined,
  }
}

const ids = ({ jobId, orderId }: DeskJob) => ({ jobId, orderId })
const isGone = (stage: Stage): boolean => stage === 'shipped' || stage === 'delivered' || stage === 'cancelled'

function stageOf(job: DeskJob, facts: JobFacts | undefined, quantity: number): Stage {
  switch (job.state) {
    case 'arriving':
    case 'offered':
    case 'held':
    case 'failed':
      return job.state
    case 'elsewhere':
      return 'cancelled'
    case 'over':
      return overAs(job)
    case 'in_the_shop':
      return inShop(job, facts, quantity)
    default:
      return job.state satisfies never
  }
}

function overAs({ said, parcels }: DeskJob): Stage {
  if (said === 'failed' || said === 'rejected' || said === 'lost') return 'failed'
  if (said === 'delivered') return 'delivered'
  return said === 'shipped' || parcels.length > 0 ? 'shipped' : 'cancelled'
}

/** Shipped is what the last copy has left; until then there is something to pack. */
function inShop({ said, parcels }: DeskJob, facts: JobFacts | undefined, quantity: number): Stage {
  const furthest = furthestOf(facts?.furthest ?? 'accepted', said)
  const copies = parcels.reduce((sum, parcel) => sum + parcel.quantity, 0)
  return furthest === 'shipped' && copies > 0 && copies < quantity ? 'packed' : furthest
}

const places: readonly string[] = progress

/** The later of two; what is no step of the way, such as "delayed", is none. */
export function furthestOf(known: Progress, said: string | undefined): Progress {
  const place = places.indexOf(said ?? '')
  return progress[Math.max(place, progress.indexOf(known))] ?? known
}

function madeOf(ticket: JobFacts['ticket']) {
  if (ticket === undefined) return { paper: {}, options: {}, parts: [] }
  const { product, options, files } = ticket
  return {
    pages: product.pages,
    trim: { widthMm: product.trimWidthMm, heightMm: product.trimHeightMm },
    binding: product.binding,
    paper: product.paper,
    options,
    parts: files.map(
      ({ component, barcode, pages, sheetWidthMm, sheetHeightMm }): PartView => ({
        ...{ component, barcode, pages },
        ...{ widthMm: sheetWidthMm, heightMm: sheetHeightMm },
      }),
    ),
  }
}

function shipToOf(ticket: JobFacts['ticket']): ShipToView | undefined {
  if (ticket?.shipTo === undefined) return undefined
  const { name, phone, address } = ticket.shipTo
  const { line1, line2, postal_code, city, state, country } = address
  const lines = [name, line1, line2, `${postal_code} ${city}`, state].filter(
    (line) => line !== undefined && line !== '',
  )
  return { lines: lines.map(String), country, phone }
}
