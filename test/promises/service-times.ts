import type { ProcessReport } from '#contracts/messages/process-report.ts'

/** Milliseconds from "started" to the last word on one ticket; NaN while it is not there. */
export function serviceMs(reports: readonly ProcessReport[]): number {
  const at = (report: ProcessReport | undefined): number => (report ? Date.parse(report.at) : Number.NaN)
  const started = reports.find(({ outcome }) => outcome === 'started')
  return at(reports.findLast(({ outcome }) => outcome === 'ready' || outcome === 'rejected')) - at(started)
}

export function median(values: readonly number[]): number {
  const sorted = values.filter(Number.isFinite).toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
