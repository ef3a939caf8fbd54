import { join } from 'node:path'
import { makeSamples } from '../samples/make-samples.ts'
import { type Api, createApi } from './api.ts'
import type { DemoArguments } from './arguments.ts'
import { chooseProducts } from './choose-products.ts'
import { factsOf } from './file-facts.ts'
import { findPlatform } from './find-platform.ts'
import { followOrder } from './follow-order.ts'
import { placeOrder } from './place-order.ts'
import type { PlannedOrder } from './planned-order.ts'
import { createProgress, type Progress, type ProgressOutput } from './progress.ts'
import { recipientIn } from './recipient.ts'
import { type Result, resultOf } from './result.ts'
import { sampleOrders } from './sample-orders.ts'
import { standingOf, uploading } from './standing.ts'

const shippedWithinMilliseconds = 5 * 60_000

/** Places the orders, shows how they go, and says what became of them. Throws UsageError, ApiRefusal, or what failed. */
export async function runDemo(
  options: DemoArguments,
  output: ProgressOutput,
  abort: AbortSignal,
): Promise<readonly Result[]> {
  const planned = await plan(options, output)
  const platform = await findPlatform(options.dataFolder, () => output.write('Starting the platform …\n'), abort)
  try {
    const { baseUrl, secretKey, hotFolders } = platform.local
    const api = createApi(baseUrl, secretKey)
    const progress = createProgress(planned.map(nameOf), output)
    try {
      return await Promise.all(
        planned.map(async (order, row) =>
          resultOf(api, await carry(api, order, row, options, progress, abort), hotFolders),
        ),
      )
    } finally {
      progress.end()
    }
  } finally {
    await platform.leave()
  }
}

async function plan(options: DemoArguments, output: ProgressOutput): Promise<PlannedOrder[]> {
  if (options.files.length > 0) {
    return [chooseProducts(await Promise.all(options.files.map(factsOf)), options.sku)]
  }
  const samples = await makeSamples(join(options.dataFolder, 'samples'), () =>
    output.write('Making sample files, once …\n'),
  )
  return sampleOrders(samples)
}

async function carry(
  api: Api,
  planned: PlannedOrder,
  row: number,
  { country }: DemoArguments,
  progress: Progress,
  abort: AbortSignal,
) {
  const placed = await placeOrder(api, planned, recipientIn(country), (share) => progress.update(row, uploading(share)))
  const limit = AbortSignal.timeout(shippedWithinMilliseconds)
  let latest = placed
  const seen = (order: typeof placed) => {
    latest = order
    progress.update(row, standingOf(order))
  }
  try {
    return await followOrder(api, placed, seen, AbortSignal.any([limit, abort]))
  } catch (error) {
    if (!limit.aborted) throw error
    const { word, maker } = standingOf(latest)
    throw new Error(`Order ${placed.id} was still ${word} (${maker}) after 5 minutes; look into the logs`, {
      cause: error,
    })
  }
}

function nameOf({ items }: PlannedOrder): string {
  const [first] = items
  if (!first) return 'nothing'
  return items.length === 1 ? first.sku : `${first.sku} + ${items.length - 1}`
}
