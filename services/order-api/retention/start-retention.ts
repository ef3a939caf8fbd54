import { repeat } from '#chassis/repeat.ts'
import type { Running } from '#chassis/run.ts'
import { type Clearing, clearFiles } from './clear-files.ts'
import { countDays } from './count-days.ts'
import { expireOrders } from './expire-orders.ts'

/** Days are counted: a minute more or less is the same. */
const everyMilliseconds = 60_000

/** Lets the files of orders go that have ended, until `signal` aborts. Any number of workers may do so. */
export function startRetention(clearing: Clearing): Running {
  const { log, signal } = clearing
  const regularly = (name: string, work: () => Promise<unknown>) =>
    repeat({ name, everyMilliseconds, signal, log, work: async () => void (await work()) })
  const working = [
    regularly('count_days', () => countDays(clearing)),
    regularly('expire_orders', () => expireOrders(clearing)),
    regularly('clear_files', () => clearFiles(clearing)),
  ]
  return { drain: async () => void (await Promise.all(working)) }
}
