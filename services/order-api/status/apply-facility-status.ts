import type { FacilityStatus, FacilityStatusName } from '#contracts/messages/facility-status.ts'
import { unchanged } from '../orders/change.ts'
import { changeOrder, type OrderChanger } from '../orders/change-order.ts'
import type { ChooseNext } from '../orders/next-facility.ts'
import type { Order } from '../orders/order.ts'
import { decideOnFacilityStatus, isOfAnother } from './handle-facility-status.ts'
import { momentOf } from './moment-of.ts'

/** What may follow from a facility's word beyond the order itself; without them nothing does. */
export type Consequences = {
  /** Chooses another facility for the items of one order. */
  readonly chooserFor: (orderId: string) => Promise<ChooseNext>
  /** Prints again what was lost in the mail, once a parcel, however often it is called. */
  readonly reprintLost: (order: Order) => Promise<void>
  /** Keeps a job that is made elsewhere by now from being begun again where it was given up, however often it is called. */
  readonly seizeClaim: (job: Pick<FacilityStatus, 'facilityId' | 'jobId' | 'orderId' | 'itemId'>) => Promise<void>
}

const givesUp: readonly FacilityStatusName[] = ['rejected', 'failed', 'cancelled']

/**
 * Applies one word of a facility, once. A word about a job that another facility has is not kept, and the log says so: an alarm looks
 * there. Throws Refused `not_found` for an unknown order, Transient when what it needs does not answer.
 */
export async function applyFacilityStatus(
  changer: OrderChanger,
  said: FacilityStatus,
  consequences?: Consequences,
): Promise<void> {
  const status = { ...said, at: momentOf(said.at, changer.now()) }
  const { orderId, statusId, facilityId, jobId } = status
  const choose = givesUp.includes(status.status) ? await consequences?.chooserFor(orderId) : undefined
  const decide = decideOnFacilityStatus(status, choose)
  let isForeign = false
  const order = await changeOrder(changer, orderId, statusId, (now, context) => {
    isForeign = isOfAnother(status, now)
    return isForeign ? unchanged(now) : decide(now, context)
  })
  if (isForeign) {
    changer.log.error({ orderId, jobId, facilityId, said: status.status }, 'facility_impersonated')
    return
  }
  if (hasMoved(order, status)) await consequences?.seizeClaim(status)
  if (status.status === 'lost') await consequences?.reprintLost(order)
}

/** Whether this is the word for which another facility makes the item; so again when the word comes again. */
const hasMoved = ({ items }: Order, { status, itemId, jobId, facilityId }: FacilityStatus): boolean =>
  givesUp.includes(status) &&
  items.some(
    ({ id, earlier = [] }) =>
      id === itemId && earlier.some((each) => each.jobId === jobId && each.facilityId === facilityId),
  )
