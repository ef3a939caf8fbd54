import type { PeerResult, RowResult } from '../run-row.ts'

export type Verdict = 'reached' | 'not reached' | 'nothing asked' | 'not measured'

/** Is the median ratio at least what is asked? */
export function verdictOf({ asked, wall, cpu, missing }: PeerResult): Verdict {
  if (missing !== undefined || !wall || !cpu) return 'not measured'
  if (asked.wall === undefined && asked.cpu === undefined) return 'nothing asked'
  return wall.median >= (asked.wall ?? 0) && cpu.median >= (asked.cpu ?? 0) ? 'reached' : 'not reached'
}

/** What ours alone must keep to, in words with its verdict. */
export function limitVerdicts({ limits, ours }: RowResult): readonly string[] {
  const { wallMs, peakMB } = limits
  return [
    ...(wallMs === undefined ? [] : [`wall ≤ ${wallMs} ms: ${ours.wallMs <= wallMs ? 'reached' : 'not reached'}`]),
    ...(peakMB === undefined ? [] : [`memory ≤ ${peakMB} MB: ${ours.peakMB <= peakMB ? 'reached' : 'not reached'}`]),
  ]
}

/** `≥ 11 wall, ≥ 7 CPU`. */
export function askedWords({ asked }: PeerResult): string {
  const two = (value: number): string => value.toFixed(2).replace(/\.?0+$/, '')
  const parts = [
    ...(asked.wall === undefined ? [] : [`≥ ${two(asked.wall)}`]),
    ...(asked.cpu === undefined ? [] : [`≥ ${two(asked.cpu)} CPU`]),
  ]
  return parts.join(', ') || '–'
}
