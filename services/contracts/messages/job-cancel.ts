import { type Static, Type } from 'typebox'
import { FacilityId, Id } from '../ids.ts'

/**
 * `cancel_<job id>.json` beside the job folders, print client → the shop's own system: the publisher no longer wants a job that the
 * shop has. A shop that has not printed it answers with a status file that says `cancelled`.
 */
export const JobCancel = Type.Object({
  format: Type.Literal('printcloud-cancel'),
  version: Type.Literal(1),
  jobId: Id('job'),
  orderId: Id('order'),
  itemId: Id('item'),
  facilityId: FacilityId,
  askedAt: Type.String({ format: 'date-time' }),
})
export type JobCancel = Static<typeof JobCancel>

const prefix = 'cancel_'
const suffix = '.json'

/** The file's name: not one of a job folder. */
export const cancelFileName = (jobId: string): string => `${prefix}${jobId}${suffix}`

/** The job that a file of this name is about; undefined for another file. */
export const jobOfCancelFile = (name: string): string | undefined =>
  name.startsWith(prefix) && name.endsWith(suffix) ? name.slice(prefix.length, -suffix.length) : undefined
