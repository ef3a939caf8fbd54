import { join } from 'node:path'
import { addressesFrom, listeners } from '../../local/platform/addresses.ts'
import { startPlatform } from '../../local/platform/start-platform.ts'
import { freePorts } from '../../local/supervisor/ports.ts'
import { idle } from './idle.ts'
import { startLoadProcess } from './load-process.ts'
import { percentile } from './statistics.ts'

export type QuotesOptions = { readonly folder: string; readonly rounds: number; readonly signal: AbortSignal }

export type Quotes = {
  readonly quotes: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly mostMs: number
}

const warmUpQuotes = 1500
const quotesOfARound = 500

/** POST /v1/quotes with three items, one after the other, over a kept connection. The platform is made for it and ended. */
export async function measureQuotes({ folder, rounds, signal }: QuotesOptions): Promise<Quotes> {
  const port = await freePorts(listeners.length)
  const platform = await startPlatform({ dataFolder: folder, port, without: idle }, signal)
  const load = await startLoadProcess(join(import.meta.dirname, 'post-quotes.ts'), {
    API_URL: addressesFrom(port).url('order-api'),
    SECRET_KEY: platform.local.secretKey,
  })
  try {
    await load.round(warmUpQuotes, 1)
    const latencies: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      signal.throwIfAborted()
      latencies.push(...(await load.round(quotesOfARound, 1)).latenciesMs)
    }
    return {
      quotes: latencies.length,
      p50Ms: percentile(latencies, 0.5),
      p99Ms: percentile(latencies, 0.99),
      mostMs: Math.max(...latencies),
    }
  } finally {
    await load.close()
    await platform.close()
  }
}

/** The results for people. */
export const quotesLines = ({ quotes, p50Ms, p99Ms, mostMs }: Quotes): string[] => [
  `(i) POST /v1/quotes, three items, one at a time, ${quotes} quotes:`,
  `    p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms, most ${mostMs.toFixed(1)} ms   aim p99 ≤ 5 ms`,
]
