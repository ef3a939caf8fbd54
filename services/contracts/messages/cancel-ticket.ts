import { type Static, Type } from 'typebox'
import { FacilityId, Id } from '../ids.ts'

/**
 * Edge 6, order-api → facility, on the same queue as production tickets: a job is no longer wanted. It may come before the job's
 * own ticket, late, or twice. Answered by the facility status `cancelled` (it is not printed, and never will be) or
 * `cancel_declined` (the shop has it); a job that ships all the same was not cancelled.
 */
export const CancelTicket = Type.Object({
  type: Type.Literal('cancel'),
  ticketId: Id('ticket'),
  jobId: Id('job'),
  orderId: Id('order'),
  itemId: Id('item'),
  facilityId: FacilityId,
  issuedAt: Type.String({ format: 'date-time' }),
})
export type CancelTicket = Static<typeof CancelTicket>
