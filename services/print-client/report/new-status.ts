import { newId } from '#chassis/ids.ts'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import type { Job } from '../journal/job.ts'

type Said = Pick<FacilityStatus, 'status' | 'cause' | 'tracking' | 'expectedAt'> & { readonly at?: string }

/** A status of a job with an id of its own; every resend carries that id. `at` is now unless it is said. */
export function newStatus(
  facilityId: string,
  { jobId, orderId, itemId }: Pick<Job, 'jobId' | 'orderId' | 'itemId'>,
  now: Date,
  said: Said,
): FacilityStatus {
  const ids = { statusId: newId('sts', now), facilityId, jobId, orderId, itemId }
  return { type: 'facility_status', at: now.toISOString(), ...said, ...ids }
}
