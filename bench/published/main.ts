import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CannotStart } from '../../local/supervisor/cannot-start.ts'
import { machine } from '../machine.ts'
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

/** A sign of the end is heard between two rounds. */
const ending = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => ending.abort(new Error(name)))

try {
  const options = readBenchArguments(process.argv.slice(2))
  process.stdout.write(options.isHelp ? benchHelp : await report(options))
} catch (error) {
  process.exitCode = 1
  if (error instanceof CannotStart) {
    process.exitCode = error.exitCode
    process.stderr.write(`${error.lines.join('\n')}\n`)
  } else if (!ending.signal.aborted) throw error
}

async function report(options: BenchArguments): Promise<string> {
  const results = await measure(options)
  return options.isJson ? `${JSON.stringify(results, undefined, 2)}\n` : reportOf(results)
}

/** Everything in a folder of its own, which is removed. */
async function measure(options: BenchArguments): Promise<Results> {
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-bench-'))
  const before = machine()
  try {
    const site = await startSite(folder)
    try {
      const { signal } = ending
      const views = await measureViews(site)
      return {
        machine: before,
        ...(options.parts.includes('reads') && { reads: await measureReads({ ...options, folder, site, signal }) }),
        ...(options.parts.includes('views') && { views }),
        ...(options.parts.includes('traffic') && (await trafficAndCost(options, views))),
      }
    } finally {
      await site.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function trafficAndCost(options: BenchArguments, { views }: Views): Promise<Pick<Results, 'traffic' | 'cost'>> {
  const { publications, edges, edits, hours, seed } = options
  // Nearly every browser takes the first format.
  const [best] = views
  const { documentBytes = 0, thumbnailBytes = 0, requests = 0, wireBytes = 0 } = best ?? {}
  const planned = { views: options.views, publications, edges, edits, hours, seed }
  const traffic = await measureTraffic({ ...planned, documentBytes, thumbnailBytes, signal: ending.signal })
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
