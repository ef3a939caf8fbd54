import { randomBytes } from 'node:crypto'
import type { Log } from '#chassis/log.ts'
import type { Journal } from './journal.ts'

/** What the parts of the stand-in have in common. */
export type World = {
  readonly journal: Journal
  readonly now: () => Date
  /** Where visitors find the payment page, without a slash at the end. */
  readonly publicUrl: string
  readonly webhookUrls: readonly string[]
  readonly laterMilliseconds: number
  readonly log: Log
}

export const epochSeconds = (now: Date): number => Math.floor(now.getTime() / 1000)

export const stripeId = (prefix: string): string => `${prefix}_${randomBytes(18).toString('hex').slice(0, 24)}`
