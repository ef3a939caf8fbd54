import type { Capacity, Quality } from '#contracts/facility.ts'
import type { RoutingWeights } from '#contracts/order-api/routing.ts'
import type { Scores } from './candidate.ts'

/** Scores are whole numbers, and weights too: a sum of them is exact, so that equal is equal and the order of adding does not matter. */
export const bestScore = 1000

const within = (score: number): number => Math.max(0, Math.min(bestScore, Math.round(score)))

/** 1000 next door, 880 at 100 km, 690 at 500 km, 580 at 1,000 km, 190 at 10,000 km: what counts is how many times as far. */
export const distanceScore = (distanceKm: number): number => within(bestScore - 400 * Math.log10(1 + distanceKm / 100))

/** 500 costs what the reference costs; half of it is 900, twice as much 100. */
export const costScore = (costMinor: number, referenceMinor: number): number =>
  within(500 - 400 * Math.log2(Math.max(1, costMinor) / Math.max(1, referenceMinor)))

/** 500 arrives when the reference does; each day sooner is 50 more, each day later 50 less. */
export const dateScore = (day: number, referenceDay: number): number => within(500 - 50 * (day - referenceDay))

/** What a facility has to make and has not made. */
export type Load = { readonly pages: number; readonly items: number }

/** Working days that it takes to make what is there already; undefined where load or capacity are not known. */
export const loadDays = (load: Load | undefined, capacity: Capacity | undefined): number | undefined =>
  load && capacity && Math.max(load.pages / capacity.pagesADay, load.items / capacity.itemsADay)

/** 1000 has nothing to do, or nothing is known of it; each working day of work is 200 less. */
export const loadScore = (days: number | undefined): number => within(bestScore - 200 * (days ?? 0))

/** As good as one usually is: for those of whom nothing is known. */
const usual: Quality = { onTimePercent: 97, reprintPercent: 1 }

/** Ten for each percent on time, less fifty for each percent that was printed again. */
export const qualityScore = ({ onTimePercent, reprintPercent }: Quality = usual): number =>
  within(10 * onTimePercent - 50 * reprintPercent)

/** What a sum of weighted scores is at most. */
export const weightOf = (weights: RoutingWeights): number =>
  weights.distance + weights.cost + weights.date + weights.load + weights.quality

export const weighed = (scores: Scores, weights: RoutingWeights): number =>
  scores.distance * weights.distance +
  scores.cost * weights.cost +
  scores.date * weights.date +
  scores.load * weights.load +
  scores.quality * weights.quality

/** A sum as a score of 0 to 1000. */
export const asScore = (sum: number, weights: RoutingWeights): number =>
  Math.round(sum / Math.max(1, weightOf(weights)))
