import type { RowResult, Side } from '../run-row.ts'
import { askedWords, limitVerdicts, verdictOf } from './judge.ts'
import { machineWords, type PrintMachine } from './print-machine.ts'

/** The results for people, in 100 columns. */
export function tableOf(machine: PrintMachine, results: readonly RowResult[]): string {
  return `${[machineWords(machine), memoryWords, ...results.flatMap(rowLines)].join('\n')}\n`
}

export const memoryWords =
  'Wall and CPU (user + system of the process tree): medians of paired runs. Memory: highest sum of VmHWM of the tree.'

function rowLines(row: RowResult): string[] {
  const heading = `${''.padEnd(30)}${'wall s'.padStart(8)}${'CPU s'.padStart(8)}${'MB'.padStart(7)}${'ratio'.padStart(8)}${'CPU'.padStart(7)}  asked`
  return [
    '',
    row.title,
    ...(row.note === undefined ? [] : [`  (${row.note})`]),
    heading,
    `${`  ours (warm: ${(row.warmMs / 1000).toFixed(2)} s)`.padEnd(30)}${sideText(row.ours)}`,
    ...row.peers.map((peer) => {
      const name = `  ${peer.name}`.padEnd(30)
      if (!peer.peer || !peer.wall || !peer.cpu) return `${name}  ${peer.missing ?? ''}`
      const ratios = `${peer.wall.median.toFixed(2).padStart(8)}${peer.cpu.median.toFixed(1).padStart(7)}`
      return `${name}${sideText(peer.peer)}${ratios}  ${askedWords(peer)}: ${verdictOf(peer)}`
    }),
    ...limitVerdicts(row).map((words) => `  ours: ${words}`),
    ...row.peers.flatMap(({ name, note }) => (note === undefined ? [] : [`  ${name}: ${note}`])),
  ]
}

const sideText = ({ wallMs, cpuMs, peakMB }: Side): string =>
  (wallMs / 1000).toFixed(2).padStart(8) + (cpuMs / 1000).toFixed(2).padStart(8) + peakMB.toFixed(0).padStart(7)
