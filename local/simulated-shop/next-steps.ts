import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import type { ShopStatus } from '#contracts/messages/shop-status.ts'

/** What the shop remembers of one job folder. A real order is left to the shop's people: it has no next step. */
export type ShopJob = {
  readonly isTest: boolean
  readonly quantity: number
  /** Steps of `shopSteps` that are done. */
  readonly done: number
  readonly nextAtEpochMs: number
}

export const shopSteps = ['printing', 'printed', 'packed', 'shipped', 'delivered'] as const

/** How long a shop takes for a step, and how many of it a carrier takes from shipped to delivered. */
export type Pace = { readonly stepMilliseconds: number; readonly deliverySteps: number }

export type ShopStep = { readonly jobId: string; readonly fileName: string; readonly status: ShopStatus }

/** A job folder that was just found. */
export const newShopJob = ({ isTest, quantity }: JobTicket, nowEpochMs: number, stepMilliseconds: number): ShopJob => ({
  isTest,
  quantity,
  done: 0,
  nextAtEpochMs: nowEpochMs + stepMilliseconds,
})

/**
 * The step of a job that is due, or undefined; pure. Its file has the same name and content whenever it is made, so that
 * a step repeated after a crash says nothing new.
 */
export function dueStep(jobId: string, job: ShopJob, nowEpochMs: number): ShopStep | undefined {
  const name = shopSteps[job.done]
  if (!job.isTest || name === undefined || nowEpochMs < job.nextAtEpochMs) return undefined
  const tracking = { carrier: 'Test Parcel', number: trackingNumber(jobId), quantity: job.quantity }
  const status = name === 'shipped' ? { jobId, status: name, tracking } : { jobId, status: name }
  return { jobId, fileName: `${jobId}-${job.done}-${name}.json`, status }
}

/** The job after its step. */
export function stepped(job: ShopJob, nowEpochMs: number, { stepMilliseconds, deliverySteps }: Pace): ShopJob {
  const done = job.done + 1
  const steps = shopSteps[done] === 'delivered' ? deliverySteps : 1
  return { ...job, done, nextAtEpochMs: nowEpochMs + steps * stepMilliseconds }
}

const trackingNumber = (jobId: string): string => `TEST${jobId.slice(-12).toUpperCase()}`

/** What the shop says to a wish to cancel: it stops what it has not printed. Undefined when that is too late, or said already. */
export function cancelStep(jobId: string, job: ShopJob): ShopStep | undefined {
  if (!job.isTest || job.done > shopSteps.indexOf('printed')) return undefined
  const status = { jobId, status: 'cancelled' as const, cause: 'stopped before it was printed' }
  return { jobId, fileName: `${jobId}-cancelled.json`, status }
}

/** The job after it was stopped: no step follows. */
export const stopped = (job: ShopJob): ShopJob => ({ ...job, done: shopSteps.length })
