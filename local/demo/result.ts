import { join } from 'node:path'
import type { Order } from '#contracts/order-api/order.ts'
import type { LocalFile } from '../platform/local-file.ts'
import type { Api } from './api.ts'
import { isShipped } from './follow-order.ts'
import { type StageTimes, stageTimes } from './stage-times.ts'

/** What became of one order. */
export type Result = {
  readonly order: Order
  readonly isShipped: boolean
  readonly times: StageTimes
  /** By item id: where its print files lie in the hot folder. */
  readonly printFiles: Readonly<Record<string, readonly string[]>>
}

/** Gathers the end of an order: its log's times, and the print files its facility was given. */
export async function resultOf(api: Api, order: Order, hotFolders: LocalFile['hotFolders']): Promise<Result> {
  const events = await api.events(order.id)
  const printFiles = order.items.map(({ id, job_id, facility_id, print_files }) => {
    const hotFolder = hotFolders[facility_id]
    if (job_id === undefined || hotFolder === undefined) return [id, []] as const
    return [id, print_files.map(({ component }) => join(hotFolder, job_id, `${component}.pdf`))] as const
  })
  return { order, isShipped: isShipped(order), times: stageTimes(events), printFiles: Object.fromEntries(printFiles) }
}
