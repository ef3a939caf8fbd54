import type { RowResult, Side } from '../run-row.ts'
import { askedWords, limitVerdicts, verdictOf } from './judge.ts'
import { machineWords, type PrintMachine } from './print-machine.ts'
import { memoryWords } from './table.ts'

/** The block that stands in docs/benchmarks.md. */
export function markdownOf(machine: PrintMachine, results: readonly RowResult[]): string {
  const lines = [
    machineWords(machine),
    '',
    memoryWords,
    'Ratio = peer / ours, median of the pairs (least–most). Ours starts a fresh Node process each time; warm is the second one in a process.',
    '',
    '| work | | wall s | CPU s | MB | ratio wall | CPU | asked | |',
    '|---|---|---|---|---|---|---|---|---|',
    ...results.flatMap(rowLines),
    '',
    ...results.flatMap(({ title, note, peers }) => [
      ...(note === undefined ? [] : [`- ${title}: ${note}.`]),
      ...peers.flatMap((peer) => (peer.note === undefined ? [] : [`- ${title}, ${peer.name}: ${peer.note}.`])),
    ]),
  ]
  return `${lines.join('\n')}\n`
}

function rowLines(row: RowResult): string[] {
  const limits = limitVerdicts(row).join('; ')
  return [
    `| ${row.title} | **ours** (warm ${(row.warmMs / 1000).toFixed(2)} s) | ${sideText(row.ours)} | | | | ${limits} |`,
    ...row.peers.map((peer) => {
      if (!peer.peer || !peer.wall || !peer.cpu) return `| | ${peer.name} | | | | | | | ${peer.missing ?? ''} |`
      const { median, least, most } = peer.wall
      const ratio = `**${median.toFixed(2)}** (${least.toFixed(2)}–${most.toFixed(2)})`
      return `| | ${peer.name} | ${sideText(peer.peer)} | ${ratio} | ${peer.cpu.median.toFixed(1)} | ${askedWords(peer)} | ${verdictOf(peer)} |`
    }),
  ]
}

const sideText = ({ wallMs, cpuMs, peakMB }: Side): string =>
  `${(wallMs / 1000).toFixed(2)} | ${(cpuMs / 1000).toFixed(2)} | ${peakMB.toFixed(0)}`
