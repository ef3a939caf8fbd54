import { type Static, Type } from 'typebox'
import { FacilityId, Id } from '../ids.ts'

/** What a facility may say of a job; PRINT-FACTS §5 maps these to XJDF, IPP and the brokers' words. */
export const facilityStatuses = [
  'accepted',
  'rejected',
  'printing',
  'printed',
  'packed',
  'shipped',
  'delivered',
  'delayed',
  'held',
  'failed',
  'cancelled',
  // A cancel ticket came too late: the shop has the job, and nobody here can promise that it is not printed.
  'cancel_declined',
  // A parcel that left never arrived: its copies are printed again.
  'lost',
] as const
export type FacilityStatusName = (typeof facilityStatuses)[number]

/** One parcel's tracking. `quantity` is how many copies are in it. */
export const Tracking = Type.Object({
  carrier: Type.String({ minLength: 1, maxLength: 60 }),
  number: Type.String({ minLength: 1, maxLength: 80 }),
  url: Type.Optional(Type.String({ maxLength: 500 })),
  quantity: Type.Integer({ minimum: 1 }),
})
export type Tracking = Static<typeof Tracking>

/** Edge 8, print client → order-api: one step of one job. `statusId` makes a resend harmless. */
export const FacilityStatus = Type.Object({
  type: Type.Literal('facility_status'),
  statusId: Id('status'),
  facilityId: FacilityId,
  jobId: Id('job'),
  orderId: Id('order'),
  itemId: Id('item'),
  at: Type.String({ format: 'date-time' }),
  status: Type.Enum(facilityStatuses),
  /** Why it was rejected, failed, delayed, held or cancelled: a code of facility-causes.ts, or the shop's words. */
  cause: Type.Optional(Type.String({ maxLength: 300 })),
  /** Of `printed` and `packed`: how many copies are, in all, when it is not yet all of them. */
  quantity: Type.Optional(Type.Integer({ minimum: 1 })),
  /** The parcel of `shipped`, and of `lost` when the job left in several. */
  tracking: Type.Optional(Tracking),
  expectedAt: Type.Optional(Type.String({ format: 'date-time', description: 'new date of a delayed job' })),
})
export type FacilityStatus = Static<typeof FacilityStatus>
