import type { Machine } from '../machine.ts'
import type { Side } from '../orders/compare.ts'
import type { Spread } from '../orders/statistics.ts'
import type { Cost } from './cost.ts'
import type { PriceFile } from './price-file.ts'
import type { Reads } from './reads.ts'
import type { Traffic, TrafficOptions } from './traffic.ts'
import type { Views } from './view.ts'

export type TrafficRow = Traffic & Pick<TrafficOptions, 'views' | 'publications' | 'edges' | 'edits' | 'hours' | 'seed'>

type PricedCost = Cost & Pick<PriceFile, 'dated' | 'region'>

export type Results = {
  readonly machine: Machine
  readonly reads?: Reads
  readonly views?: Views
  readonly traffic?: TrafficRow
  readonly cost?: PricedCost
}

/** The results for people. */
export function reportOf({ machine, reads, views, traffic, cost }: Results): string {
  const { date, cpu, cores, memoryGiB, kernel, node, loadBefore } = machine
  const lines = [
    `${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB · ${kernel} · Node ${node}`,
    `Load average before: ${loadBefore}. Clients, front door and store share these cores.`,
  ]
  if (reads) lines.push('', ...readsLines(reads))
  if (views) lines.push('', ...viewsLines(views))
  if (traffic) lines.push('', ...trafficLines(traffic))
  if (cost) lines.push('', ...costLines(cost))
  return `${lines.join('\n')}\n`
}

const nameWidth = 46
const numberWidth = 24

function readsLines({ clients, bytes, door, bare, ratio, pairs }: Reads): string[] {
  const heading = `${''.padEnd(nameWidth)}${'per second'.padStart(numberWidth)}${'p50 ms'.padStart(9)}${'p99 ms'.padStart(9)}`
  return [
    heading,
    sideLine(`(a) a document at the front door, ${clients} clients`, door),
    sideLine(`(b) bare Fastify, the same ${bytes} bytes`, bare),
    `${`    a / b, median of ${pairs} pairs`.padEnd(nameWidth)}${spread(ratio, 2).padStart(numberWidth)}`,
    `    CPU ms per read: (a) ${cpuOf(door)}; (b) ${cpuOf(bare)}`,
  ]
}

function viewsLines({ textBytes, views }: Views): string[] {
  return [
    `(c) bytes of a button view: document (${textBytes} bytes of text, packed with Brotli) + thumbnail of 320 px`,
    ...views.map(
      ({ format, documentBytes, thumbnailBytes, wireBytes }) =>
        `    ${format.padEnd(12)} ${documentBytes} + ${thumbnailBytes} = ${documentBytes + thumbnailBytes}; with headers ${wireBytes}`,
    ),
    `(d) requests of a page view beyond the script: ${Math.max(...views.map(({ requests }) => requests))}`,
  ]
}

function trafficLines(traffic: TrafficRow): string[] {
  const { views, publications, edges, edits, hours, seed, requests, originRequests, hitShare, staleAfterPurge } =
    traffic
  const perMillion = Math.round((originRequests / views) * 1_000_000)
  return [
    `(e) ${count(views)} views in ${hours} h, Zipf(1) over ${count(publications)} publications, ${edges} edges that begin empty, ${count(edits)} edits, seed ${seed}:`,
    `    ${count(originRequests)} of ${count(requests)} reads reach the stores: ${count(perMillion)} per million page views`,
    `    ${(hitShare * 100).toFixed(2)} % are answered by the edge; ${staleAfterPurge} views showed what was before a purge`,
  ]
}

function costLines({ lines, usd, dated, region }: PricedCost): string[] {
  return [
    `(f) USD for these views and edits, prices of ${dated} (${region}, readers in Europe), nothing free:`,
    ...lines.map((line) => `    ${line.usd.toFixed(3).padStart(9)}  ${count(Math.round(line.count))} ${line.what}`),
    `    ${usd.toFixed(3).padStart(9)}  together`,
  ]
}

const sideLine = (name: string, { perSecond, p50Ms, p99Ms }: Side): string =>
  name.padEnd(nameWidth) +
  spread(perSecond, 0).padStart(numberWidth) +
  p50Ms.toFixed(1).padStart(9) +
  p99Ms.toFixed(1).padStart(9)

const spread = ({ median, least, most }: Spread, digits: number): string =>
  `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`

const cpuOf = ({ cpuMsPerOrder }: Side): string =>
  Object.entries(cpuMsPerOrder)
    .map(([name, milliseconds]) => `${name} ${milliseconds.toFixed(3)}`)
    .join(', ')

const count = (value: number): string => value.toLocaleString('en-US')
