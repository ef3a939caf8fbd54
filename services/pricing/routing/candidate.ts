import type { CurrencyCode } from '#contracts/money.ts'
import type { RoutingWeights } from '#contracts/order-api/routing.ts'

/** 0 to 1000 for each thing that counts; more is better. */
export type Scores = Readonly<Record<keyof RoutingWeights, number>>

/** A facility that was looked at for an order, and why it was chosen or not. */
export type Candidate = {
  readonly facilityId: string
  readonly distanceKm: number
  readonly canMake: readonly string[]
  readonly isChosen: boolean
  readonly reason: string
  /** Of production and shipping, without tax and margin; absent where it was not asked for its price, or has none. */
  readonly costMinor?: number
  readonly currency?: CurrencyCode
  /** The last day on which it would arrive from there. */
  readonly promisedBy?: string
  /** Working days of its capacity that are taken; absent where nothing is known. */
  readonly loadDays?: number
  /** Only of those that were weighed. */
  readonly scores?: Scores
  /** The scores by their weights, 0 to 1000: the most decides. */
  readonly total?: number
}

/** How many were looked at and are not named. */
export type Unnamed = {
  /** Make nothing of the order. */
  readonly makeNothing: number
  /** Make something of it, and were worse than, or ruled out like, those that are named. */
  readonly others: number
}
