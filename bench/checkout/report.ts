import type { Machine } from '../machine.ts'
import type { Side } from '../orders/compare.ts'
import type { Spread } from '../orders/statistics.ts'
import type { Answers } from './answers.ts'
import type { Size } from './sizes.ts'
import type { Timed, WholeWay } from './whole-way.ts'

export type Results = {
  readonly machine: Machine
  readonly page: Answers
  readonly prices: Answers
  readonly way: WholeWay
  readonly sizes: readonly Size[]
}

const nameWidth = 52

/** The results for people. */
export function reportOf({ machine, page, prices, way, sizes }: Results): string {
  const { date, cpu, cores, memoryGiB, kernel, node, loadBefore } = machine
  const heading = `${''.padEnd(nameWidth)}${'per second'.padStart(22)}${'p50 ms'.padStart(10)}${'p99 ms'.padStart(10)}`
  const { checkouts, buyers, writes } = way
  return `${[
    `${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB · ${kernel} · Node ${node}`,
    `Load average before: ${loadBefore}. Clients and the whole platform share these cores.`,
    ...['', heading],
    ...answerLines('(a) the first page, rendered from warm documents', page),
    ...answerLines('(b) prices of a cart', prices),
    timedLine(`(c) ${checkouts} checkouts to the order page, ${buyers} at once`, way.paid),
    timedLine('    the same to "ordered"; the worker looks each second', way.ordered),
    timedLine(`    the ${writes} writes to the table alone`, way.bare),
    ...[
      '',
      `(d) ${'bytes'.padEnd(nameWidth - 4)}${['plain', 'gzip', 'Brotli'].map((name) => name.padStart(10)).join('')}`,
    ],
    ...sizes.map(sizeLine),
    sizeLine(sumOf(sizes.filter(({ name }) => name !== 'button.js'))),
  ].join('\n')}\n`
}

const answerLines = (name: string, { checkout, bare, bytes, ratio, pairs, clients }: Answers): string[] => [
  sideLine(`${name}, ${clients} clients`, checkout),
  sideLine(`    bare Fastify, the same ${bytes} bytes`, bare),
  `${`    ratio, median of ${pairs} pairs`.padEnd(nameWidth)}${spread(ratio, 2).padStart(22)}`,
]

const sideLine = (name: string, { perSecond, p50Ms, p99Ms }: Side): string =>
  `${name.padEnd(nameWidth)}${spread(perSecond, 0).padStart(22)}${times(p50Ms, p99Ms)}`

const timedLine = (name: string, { perSecond, p50Ms, p99Ms }: Timed): string =>
  `${name.padEnd(nameWidth)}${perSecond.toFixed(1).padStart(22)}${times(p50Ms, p99Ms)}`

const times = (...values: readonly number[]): string => values.map((each) => each.toFixed(1).padStart(10)).join('')

const spread = ({ median, least, most }: Spread, digits: number): string =>
  `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`

const sizeLine = ({ name, plain, gzip, brotli }: Size): string =>
  `    ${name.padEnd(nameWidth - 4)}${[plain, gzip, brotli].map((each) => String(each).padStart(10)).join('')}`

const sumOf = (sizes: readonly Size[]): Size => {
  const all = (of: 'plain' | 'gzip' | 'brotli') => sizes.reduce((sum, each) => sum + each[of], 0)
  return { name: 'together, with the first step', plain: all('plain'), gzip: all('gzip'), brotli: all('brotli') }
}
