import { join } from 'node:path'
import { askProcess } from '../../../bench/ask-process.ts'
import { startLoadProcess } from '../../../bench/orders/load-process.ts'
import { percentile } from '../../../bench/orders/statistics.ts'
import { type OrderPlatform, withOrderPlatform } from '../order-platform.ts'
import type { ProductPromise, PromiseContext } from '../promise.ts'
import { OpenLoad } from './open-load.ts'

const clients = 64
const warmUpOrders = 2000
const peakSeconds = 4
const overloadSeconds = 12
const times = 3
const leastShare = 0.9
const root = join(import.meta.dirname, '..', '..', '..')

/** P21: what the platform can take it goes on taking when three times as much comes; the rest is told at once when to come again. */
export const overload: ProductPromise = {
  id: 'P21',
  guarantee: `At ${times} times what can be taken, at least ${leastShare * 100} % of it is taken; all others get 429 or 503 with Retry-After, and no accepted order is lost.`,
  run: ({ signal, tell }: PromiseContext) => withOrderPlatform(signal, (platform) => measure(platform, tell)),
}

async function measure(platform: OrderPlatform, tell: PromiseContext['tell']) {
  const { apiUrl, secretKey, fileId } = platform
  const environment = { API_URL: apiUrl, SECRET_KEY: secretKey, FILE_ID: fileId }
  const closed = await startLoadProcess(join(root, 'bench', 'orders', 'post-orders.ts'), environment)
  const open = await askProcess(join(import.meta.dirname, 'open-loop.ts'), environment)
  try {
    tell('P21: how much can be taken')
    await closed.round(warmUpOrders, clients)
    const before = await peakOf(closed)
    tell(`P21: ${times} × ${before.toFixed(0)} orders a second`)
    const load = await open.ask(OpenLoad, { perSecond: before * times, seconds: overloadSeconds })
    tell('P21: how much can be taken afterwards')
    // The machine may have become faster or slower in the meantime.
    const peak = (before + (await peakOf(closed))) / 2
    const there = await platform.allOrderIds()
    const lost = load.acceptedIds.filter((id) => !there.has(id)).length
    return verdictOf(load, peak, lost)
  } finally {
    await closed.close()
    await open.close()
  }
}

async function peakOf(closed: Awaited<ReturnType<typeof startLoadProcess>>): Promise<number> {
  const trial = await closed.round(1000, clients)
  const count = Math.ceil((1000 / (trial.milliseconds / 1000)) * peakSeconds)
  const { milliseconds } = await closed.round(count, clients)
  return count / (milliseconds / 1000)
}

function verdictOf({ sent, counts, perSecondAccepted, latenciesMs }: OpenLoad, peak: number, lost: number) {
  const share = perSecondAccepted / peak
  const faults: string[] = []
  for (const [what, count] of Object.entries(counts)) {
    const isProper = what === '201' || what === '503 overloaded' || what === '429 rate_limited'
    if (!isProper) faults.push(`${count} × ${what}`)
  }
  if (lost > 0) faults.push(`${lost} accepted orders are not there`)
  if (!(share >= leastShare)) faults.push(`only ${(share * 100).toFixed(0)} % of the peak was taken`)
  const refused = sent - (counts['201'] ?? 0)
  const figure = [
    `peak ${peak.toFixed(0)} orders/s`,
    `at ${times} times that ${perSecondAccepted.toFixed(0)}/s taken (${(share * 100).toFixed(0)} %)`,
    `p99 ${percentile(latenciesMs, 0.99).toFixed(0)} ms`,
    `${refused} of ${sent} refused with Retry-After`,
    `${lost} lost`,
  ]
  return { figure: figure.join(', '), faults }
}
