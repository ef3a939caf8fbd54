import type { Size } from './placement.ts'

/** Millimetres as people write them: one decimal where it says something. */
export const mm = (value: number): string => String(Math.round(value * 10) / 10)
export const sizeText = ({ width, height }: Size): string => `${mm(width)} × ${mm(height)} mm`
export const percent = (share: number): string => `${Math.round(share * 100)} %`

/** Page numbers in short: 1–4, 7. */
export function pagesText(pages: readonly number[]): string {
  const runs: { from: number; to: number }[] = []
  for (const page of pages.toSorted((one, other) => one - other)) {
    const last = runs.at(-1)
    if (last && page <= last.to + 1) last.to = page
    else runs.push({ from: page, to: page })
  }
  const shown = runs.slice(0, 12).map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`))
  return shown.join(', ') + (runs.length > shown.length ? ' …' : '')
}
