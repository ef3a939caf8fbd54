import type { Drawing } from './job-plan.ts'
import type { PlanSource } from './plan-source.ts'

/**
 * The source whose bytes the print file may begin with: a sound PDF that alone fills all pages, in its own order, and of
 * which at least half is used, so that the file does not carry more waste than pages.
 */
export function baseOf(pages: readonly (readonly Drawing[])[], sources: readonly PlanSource[]): number | undefined {
  const filled = pages.filter((drawings) => drawings.length > 0)
  const used = filled.map((drawings) => (drawings.length === 1 && drawings[0] ? pageOf(drawings[0]) : undefined))
  const index = used[0]?.source
  const facts = sources.find((source) => source.index === index)?.facts
  if (facts?.kind !== 'pdf' || !facts.isAppendable || used.length * 2 < facts.pageCount) return undefined
  const isInOrder = used.every(
    (each, place) => each?.source === index && (place === 0 || (each?.page ?? 0) > (used[place - 1]?.page ?? 0)),
  )
  return isInOrder ? index : undefined
}

function pageOf(drawing: Drawing): { readonly source: number; readonly page: number } | undefined {
  if (drawing.draw === 'keep') return drawing
  // What is painted as a picture leaves the old page behind in the file.
  return drawing.draw === 'place' && drawing.rasterDpi === undefined ? drawing : undefined
}
