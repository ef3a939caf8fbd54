import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { machine } from '../machine.ts'
import { runAndPrint } from '../run-and-print.ts'
import { type BenchArguments, benchHelp, readBenchArguments } from './arguments.ts'
import { costOf } from './cost.ts'
import { readPriceFile } from './price-file.ts'
import { measureReads } from './reads.ts'
import { type Results, reportOf } from './report.ts'
import { startSite } from './site.ts'
import { measureTraffic } from './traffic.ts'
import { measureViews, type Views } from './view.ts'

/** Its document's own tag, at once and once more seconds later. */
const tagsOfAnEdit = 2
/** Three forms in two buckets. */
const putsOfAnEdit = 6

// A sign of the end is heard between two rounds.
await runAndPrint(async (signal) => {
  const options = readBenchArguments(process.argv.slice(2))
  return options.isHelp ? benchHelp : await report(options, signal)
})

async function report(options: BenchArguments, signal: AbortSignal): Promise<string> {
  const results = await measure(options, signal)
  return options.isJson ? `${JSON.stringify(results, undefined, 2)}\n` : reportOf(results)
}

/** Everything in a folder of its own, which is removed. */
async function measure(options: BenchArguments, signal: AbortSignal): Promise<Results> {
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-bench-'))
  const before = machine()
  try {
    const site = await startSite(folder)
    try {
      const views = await measureViews(site)
      return {
        machine: before,
        ...(options.parts.includes('reads') && { reads: await measureReads({ ...options, folder, site, signal }) }),
        ...(options.parts.includes('views') && { views }),
        ...(options.parts.includes('traffic') && (await trafficAndCost(options, views, signal))),
      }
    } finally {
      await site.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function trafficAndCost(
  options: BenchArguments,
  { views }: Views,
  signal: AbortSignal,
): Promise<Pick<Results, 'traffic' | 'cost'>> {
  const { publications, edges, edits, hours, seed } = options
  // Nearly every browser takes the first format.
  const [best] = views
  const { documentBytes = 0, thumbnailBytes = 0, requests = 0, wireBytes = 0 } = best ?? {}
  const planned = { views: options.views, publications, edges, edits, hours, seed }
  const traffic = await measureTraffic({ ...planned, documentBytes, thumbnailBytes, signal })
  const use = {
    views: options.views,
    requestsOfAView: requests,
    bytesOfAView: wireBytes,
    originRequests: traffic.originRequests,
    ...{ edits, tagsOfAnEdit, putsOfAnEdit },
  }
  const prices = readPriceFile()
  const { dated, region } = prices
  return { traffic: { ...planned, ...traffic }, cost: { ...costOf(use, prices), dated, region } }
}
