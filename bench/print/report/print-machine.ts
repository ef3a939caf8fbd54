import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { isInstalled, type Tool } from '../tools.ts'

/** What the figures were measured on, and with which versions. */
export type PrintMachine = {
  readonly date: string
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly kernel: string
  readonly node: string
  /** Of the minute before: above 1, other programs were at work and absolute figures say little. */
  readonly loadBefore: number
  readonly tools: readonly string[]
}

const versions: readonly { readonly tool: Tool; readonly name: string; readonly flag: string }[] = [
  { tool: 'convert', name: 'ImageMagick', flag: '-version' },
  { tool: 'img2pdf', name: 'img2pdf', flag: '--version' },
  { tool: 'gs', name: 'Ghostscript', flag: '--version' },
  { tool: 'qpdf', name: 'qpdf', flag: '--version' },
  { tool: 'mutool', name: 'mutool', flag: '-v' },
  { tool: 'djpeg', name: 'libjpeg-turbo', flag: '-version' },
]

export function printMachine(): PrintMachine {
  const all = cpus()
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: `${type()} ${release()}`,
    node: process.version,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    tools: versions.flatMap(({ tool, name, flag }) => (isInstalled(tool) ? [`${name} ${versionOf(tool, flag)}`] : [])),
  }
}

/** The first number with a point in what the program says of itself; some say it on stderr, some with an exit code. */
function versionOf(tool: Tool, flag: string): string {
  const said = execFileSync('/bin/sh', ['-c', `${tool} ${flag} 2>&1 < /dev/null || true`], { encoding: 'utf8' })
  return /\d+\.\d[\d.]*(-\d+)?/.exec(said)?.[0] ?? ''
}

export const machineWords = ({ date, cpu, cores, memoryGiB, kernel, node, loadBefore, tools }: PrintMachine): string =>
  `${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB · ${kernel} · Node ${node} · ${tools.join(', ')} · load before: ${loadBefore}`
