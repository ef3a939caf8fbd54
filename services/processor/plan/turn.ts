import type { ImageFacts, PdfFacts } from '../inspect/facts.ts'
import type { PlanSource } from './plan-source.ts'
import type { Shaping } from './shaping.ts'

/** What each orientation becomes when what is seen is turned a quarter clockwise. */
const quarterTurn = [1, 6, 7, 8, 5, 2, 3, 4, 1] as const

/** The same source, seen a quarter turn clockwise, or so many of them. */
export function turnedSource<F extends ImageFacts | PdfFacts>(source: PlanSource<F>, quarters = 1): PlanSource<F> {
  return quarters === 0 ? source : { ...source, facts: turnedFacts(source.facts, quarters) }
}

/** The source as its customer wants it seen; what else is said of it, crop and focus, is of that. */
export const asWanted = <F extends ImageFacts | PdfFacts>(
  source: PlanSource<F>,
  { rotate = 0 }: Shaping,
): PlanSource<F> => turnedSource(source, rotate / 90)

function turnedFacts<F extends ImageFacts | PdfFacts>(facts: F, quarters: number): F {
  if (facts.kind === 'image') return { ...facts, orientation: turned(facts.orientation, quarters) }
  const pages = facts.pages.map((page) => ({ ...page, orientation: turned(page.orientation, quarters) }))
  return { ...facts, pages }
}

const turned = (orientation: number, quarters: number): number => {
  const next = quarterTurn[orientation] ?? 6
  return quarters === 1 ? next : turned(next, quarters - 1)
}
