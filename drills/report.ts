import type { Machine } from '../bench/machine.ts'
import { type Drill, type Figure, isKept, type Outcome } from './drill.ts'

/** What a drill showed, for people. */
export function reportOf({ name, shows }: Drill, { caches, figures, faults }: Outcome, machine: Machine): string {
  const { date, cpu, cores, memoryGiB, kernel, node, loadBefore } = machine
  const width = Math.max(...figures.map((each) => each.name.length))
  return [
    `${name}: ${shows}`,
    `${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB · ${kernel} · Node ${node} · load before ${loadBefore}`,
    `In place of the CDN: ${caches}`,
    '',
    ...figures.map((figure) => lineOf(figure, width)),
    ...faults.slice(0, mostFaults).map((fault) => `  ! ${fault}`),
    '',
  ].join('\n')
}

const mostFaults = 20

function lineOf(figure: Figure, width: number): string {
  const { name, value, unit = '', wanted } = figure
  const must = wanted && `   must be ${wanted.is === 'exactly' ? '' : 'at least '}${wanted.value}`
  const verdict = isKept(figure) ? '' : '   BROKEN'
  return `  ${name.padEnd(width)}  ${numberText(value).padStart(10)}${unit && ` ${unit}`}${must ?? ''}${verdict}`
}

const numberText = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: Number.isInteger(value) ? 0 : 2 })
