import type { Machine } from '../machine.ts'
import type { Side } from './compare.ts'
import type { Delivery } from './delivery.ts'
import type { Intake } from './intake.ts'
import type { Memory } from './memory.ts'
import { type Quotes, quotesLines } from './quotes.ts'
import type { Reads } from './reads.ts'
import type { Spread } from './statistics.ts'

export type Results = {
  readonly machine: Machine
  readonly intake?: readonly Intake[]
  readonly delivery?: Delivery
  readonly reads?: Reads
  readonly memory?: Memory
  readonly quotes?: Quotes
}

/** The results for people. */
export function reportOf({ machine, intake = [], delivery, reads, memory, quotes }: Results): string {
  const { date, cpu, cores, memoryGiB, kernel, node, postgres, loadBefore } = machine
  const lines = [
    `${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB · ${kernel} · Node ${node} · PostgreSQL ${postgres}`,
    `Load average before: ${loadBefore}. Clients, services, stand-ins and PostgreSQL share these cores.`,
  ]
  for (const each of intake) lines.push('', ...intakeLines(each))
  if (delivery) lines.push('', ...deliveryLines(delivery))
  if (reads) lines.push('', ...readsLines(reads))
  if (memory) lines.push('', ...memoryLines(memory))
  if (quotes) lines.push('', ...quotesLines(quotes))
  return `${lines.join('\n')}\n`
}

function intakeLines({ clients, api, statement, ratio, pairs }: Intake): string[] {
  return [
    heading(),
    sideLine(`(a) POST /v1/orders, ${clients} clients`, api),
    sideLine(`(b) its statement alone, ${clients} callers`, statement),
    `${`(c) a / b, median of ${pairs} pairs`.padEnd(nameWidth)}${spread(ratio, 2).padStart(spreadWidth)}   aim ≥ 0.5`,
    '',
    `CPU ms per order, (a): ${cpuOf(api)}`,
    `CPU ms per order, (b): ${cpuOf(statement)}`,
    `Tickets of all orders of a round in the queue after its last 201: ${spread(api.settleMs, 0)} ms`,
  ]
}

function deliveryLines({ orders, p50Ms, p99Ms, mostMs, eventsAfterMs }: Delivery): string[] {
  const events = Object.entries(eventsAfterMs).map(([type, after]) => `${type} ${after.toFixed(0)}`)
  return [
    `(d) 201 → job folder, a one-page poster, one order at a time, ${orders} orders:`,
    `    p50 ${p50Ms.toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms, most ${mostMs.toFixed(0)} ms   aim ≤ 1500 ms`,
    `    median ms from order.created to: ${events.join(', ')}`,
  ]
}

function readsLines({ clients, bytes, api, bare, ratio, pairs }: Reads): string[] {
  return [
    heading(),
    sideLine(`(e) GET /v1/orders/:id, ${clients} clients`, api),
    sideLine(`(f) bare Fastify, the same ${bytes} bytes`, bare),
    `${`(g) e / f, median of ${pairs} pairs`.padEnd(nameWidth)}${spread(ratio, 2).padStart(spreadWidth)}   aim ≥ 0.35`,
    '',
    `CPU ms per read, (e): ${cpuOf(api)}`,
    `CPU ms per read, (f): ${cpuOf(bare)}`,
  ]
}

const memoryLines = ({ samples }: Memory): string[] => [
  '(h) resident memory of order-api, in MiB, after so many orders:',
  `    ${samples.map(({ orders, residentMiB }) => `${orders}: ${residentMiB}`).join(', ')}`,
]

const heading = (): string =>
  `${''.padEnd(nameWidth)}${'per second'.padStart(spreadWidth)}${'p50 ms'.padStart(9)}${'p99 ms'.padStart(9)}`

const nameWidth = 42
const spreadWidth = 20

const sideLine = (name: string, { perSecond, p50Ms, p99Ms }: Side): string =>
  name.padEnd(nameWidth) +
  spread(perSecond, 0).padStart(spreadWidth) +
  p50Ms.toFixed(1).padStart(9) +
  p99Ms.toFixed(1).padStart(9)

const spread = ({ median, least, most }: Spread, digits: number): string =>
  `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`

function cpuOf({ cpuMsPerOrder }: Side): string {
  const each = Object.entries(cpuMsPerOrder)
  if (each.length === 0) return 'not told by this system'
  const sum = each.reduce((total, [, milliseconds]) => total + milliseconds, 0)
  return `${each.map(([name, milliseconds]) => `${name} ${milliseconds.toFixed(3)}`).join(', ')}; together ${sum.toFixed(3)}`
}
