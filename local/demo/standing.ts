import { type ItemState, itemStates } from '#contracts/item-states.ts'
import type { Order, OrderItem } from '#contracts/order-api/order.ts'

/** How far an order is: a share from 0 to 1, a word for it, and who makes it. */
export type Standing = {
  readonly share: number
  readonly word: string
  readonly maker: string
  readonly isBad: boolean
}

/** Uploading takes the first fifth of the bar. */
const uploadShare = 0.2

export function uploading(share: number): Standing {
  return { share: share * uploadShare, word: 'uploading', maker: '', isBad: false }
}

/** The standing of a placed order: its slowest item gives the word, all items together the share. */
export function standingOf(order: Order): Standing {
  const shares = order.items.map(({ status }) => shareOf(status))
  const sum = shares.reduce((total, share) => total + share, 0)
  const maker = [...new Set(order.items.map(({ facility_id }) => shortName(facility_id)))].join(', ')
  return {
    share: uploadShare + (1 - uploadShare) * (sum / shares.length),
    word: order.stage === 'cancelled' || order.stage === 'rejected' ? order.stage : slowest(order.items),
    maker,
    isBad: order.items.some(({ status }) => status === 'failed') || order.stage === 'cancelled',
  }
}

/** `fac_utrecht` → `utrecht`. */
export function shortName(facilityId: string): string {
  return facilityId.replace(/^fac_/, '')
}

function shareOf(status: ItemState): number {
  if (status === 'failed') return 1
  return Math.min(1, itemStates.indexOf(status) / itemStates.indexOf('shipped'))
}

function slowest(items: readonly OrderItem[]): string {
  const ranks = items.map(({ status }) => itemStates.indexOf(status))
  return itemStates[Math.min(...ranks)] ?? 'pending'
}
