import { bytesText } from './words.ts'

const barWidth = 20
const nameWidth = 22

export type Standing = {
  readonly name: string
  readonly sentBytes: number
  readonly totalBytes: number
  readonly milliseconds: number
}

/** `holiday.pdf  ████████░░░░░░░░░░░░  41 %  8.2 MB of 20.1 MB  4.1 MB/s`, in 79 columns. */
export function progressBar({ name, sentBytes, totalBytes, milliseconds }: Standing): string {
  const share = totalBytes === 0 ? 1 : Math.min(1, sentBytes / totalBytes)
  const full = Math.floor(share * barWidth)
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full)
  const shown = name.length > nameWidth ? `${name.slice(0, nameWidth - 1)}…` : name
  const speed = milliseconds < 500 ? '' : `  ${bytesText(Math.round((sentBytes / milliseconds) * 1000))}/s`
  const percent = String(Math.floor(share * 100)).padStart(3)
  return `${shown}  ${bar} ${percent} %  ${bytesText(totalBytes)}${speed}`
}
