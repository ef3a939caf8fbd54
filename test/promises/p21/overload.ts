import { join } from 'node:path'
import { askProcess } from '../../../bench/ask-process.ts'
import { startLoadProcess } from '../../../bench/orders/load-process.ts'
import { percentile, spreadOf } from '../../../bench/orders/statistics.ts'
import { type OrderPlatform, withOrderPlatform } from '../order-platform.ts'
import type { ProductPromise, PromiseContext } from '../promise.ts'
import { OpenLoad } from './open-load.ts'

/** As many as order-api works on at once: with fewer it takes less, and more it would refuse. */
const clients = 64
const warmUpOrders = 3000
const peakSeconds = 4
const overloadSeconds = 4
/** The machine becomes faster and slower by itself, so each window of overload stands between two of the peak. */
const windows = 9
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
    const warm = await peakOf(closed, warmUpOrders)
    let before = await peakOf(closed, warm * peakSeconds)
    const pairs: Pair[] = []
    for (let window = 1; window <= windows; window += 1) {
      const load = await open.ask(OpenLoad, { perSecond: before * times, seconds: overloadSeconds })
      const after = await peakOf(closed, before * peakSeconds)
      const pair = { load, peak: (before + after) / 2 }
      tell(
        `P21: ${pair.peak.toFixed(0)} orders a second, ${load.perSecondAccepted.toFixed(0)} when ${times} × as many come`,
      )
      pairs.push(pair)
      before = after
    }
    const there = await platform.allOrderIds()
    const lost = pairs.flatMap(({ load }) => load.acceptedIds).filter((id) => !there.has(id)).length
    return verdictOf(pairs, lost)
  } finally {
    await closed.close()
    await open.close()
  }
}

type Pair = { readonly load: OpenLoad; readonly peak: number }

/** Orders a second that as many clients as can be served get taken, each sending the next as soon as it is answered. */
async function peakOf(closed: Awaited<ReturnType<typeof startLoadProcess>>, orders: number): Promise<number> {
  const count = Math.ceil(orders)
  const { milliseconds } = await closed.round(count, clients)
  return count / (milliseconds / 1000)
}

function verdictOf(pairs: readonly Pair[], lost: number) {
  const shares = spreadOf(pairs.map(({ load, peak }) => load.perSecondAccepted / peak))
  const faults: string[] = []
  for (const { counts } of pairs.map(({ load }) => load)) {
    for (const [what, count] of Object.entries(counts)) {
      const isProper = what === '201' || what === '503 overloaded' || what === '429 rate_limited'
      if (!isProper) faults.push(`${count} × ${what}`)
    }
  }
  if (lost > 0) faults.push(`${lost} accepted orders are not there`)
  if (!(shares.median >= leastShare)) faults.push(`only ${percent(shares.median)} % of the peak was taken`)
  const sent = pairs.reduce((sum, { load }) => sum + load.sent, 0)
  const refused = pairs.reduce((sum, { load }) => sum + load.sent - (load.counts['201'] ?? 0), 0)
  const latenciesMs = pairs.flatMap(({ load }) => load.latenciesMs)
  const figure = [
    `peak ${spreadOf(pairs.map(({ peak }) => peak)).median.toFixed(0)} orders/s`,
    `at ${times} times that ${percent(shares.median)} % of it taken (${percent(shares.least)}–${percent(shares.most)})`,
    `p99 ${percentile(latenciesMs, 0.99).toFixed(0)} ms`,
    `${refused} of ${sent} refused with Retry-After`,
    `${lost} lost`,
  ]
  return { figure: figure.join(', '), faults }
}

const percent = (share: number): string => (share * 100).toFixed(0)
