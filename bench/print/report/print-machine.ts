import { execFileSync } from 'node:child_process'
import { type Host, host } from '../../host.ts'
import { isInstalled, type Tool } from '../tools.ts'

/** What figures of print files were measured on, and with which versions. */
export type PrintMachine = Host & { readonly tools: readonly string[] }

const versions: readonly { readonly tool: Tool; readonly name: string; readonly flag: string }[] = [
  { tool: 'convert', name: 'ImageMagick', flag: '-version' },
  { tool: 'img2pdf', name: 'img2pdf', flag: '--version' },
  { tool: 'gs', name: 'Ghostscript', flag: '--version' },
  { tool: 'qpdf', name: 'qpdf', flag: '--version' },
  { tool: 'mutool', name: 'mutool', flag: '-v' },
  { tool: 'djpeg', name: 'libjpeg-turbo', flag: '-version' },
]

export const printMachine = (): PrintMachine => ({
  ...host(),
  tools: versions.flatMap(({ tool, name, flag }) => (isInstalled(tool) ? [`${name} ${versionOf(tool, flag)}`] : [])),
})

/** The first number with a point in what the program says of itself; some say it on stderr, some with an exit code. */
function versionOf(tool: Tool, flag: string): string {
  const said = execFileSync('/bin/sh', ['-c', `${tool} ${flag} 2>&1 < /dev/null || true`], { encoding: 'utf8' })
  return /\d+\.\d[\d.]*(-\d+)?/.exec(said)?.[0] ?? ''
}

export const machineWords = ({ date, cpu, cores, memoryGiB, kernel, node, loadBefore, tools }: PrintMachine): string =>
  `${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB · ${kernel} · Node ${node} · ${tools.join(', ')} · load before: ${loadBefore}`
