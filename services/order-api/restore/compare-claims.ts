import { type ItemState, itemStates } from '#contracts/item-states.ts'
import { jobIdOf } from '../orders/derived-ids.ts'
import type { ClaimFound } from './read-claims.ts'

/** An item as the restored database has it. */
export type KnownItem = {
  readonly orderId: string
  readonly itemId: string
  readonly facilityId: string
  readonly status: ItemState
  readonly jobId?: string
  /** Jobs that it was before, each at its facility. */
  readonly earlier?: readonly { readonly facilityId: string; readonly jobId: string }[]
}

/**
 * `known`: the database knows the job and that its facility has it. `behind`: it will hear of it from the print client, and the same
 * job is not printed again. `elsewhere`: another facility has the item's job than the database would ask, so that a release would
 * print it twice. `lost`: the database has no such order.
 */
export const standings = ['known', 'behind', 'elsewhere', 'lost'] as const
export type Standing = (typeof standings)[number]

/** Where a claim stands in a restored database. Pure. */
export function standingOf(claim: ClaimFound, item: KnownItem | undefined): Standing {
  if (item === undefined) return 'lost'
  const { earlier = [] } = item
  // It was given up there, or taken back with a claim of ours.
  if (earlier.some((each) => each.jobId === claim.jobId && each.facilityId === claim.facilityId)) return 'known'
  const jobId = item.jobId ?? nextJobOf(item)
  if (jobId !== claim.jobId || item.facilityId !== claim.facilityId) return 'elsewhere'
  return isAccepted(item.status) ? 'known' : 'behind'
}

const nextJobOf = ({ itemId: id, earlier = [] }: KnownItem): string => {
  const jobId = earlier.at(-1)?.jobId
  return jobIdOf(jobId === undefined ? { id } : { id, jobId })
}

const isAccepted = (status: ItemState): boolean => itemStates.indexOf(status) >= itemStates.indexOf('accepted')
