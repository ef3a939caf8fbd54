import type { ImageFacts, PdfFacts } from '../inspect/facts.ts'
import type { PlanSource } from './plan-source.ts'

/** What each orientation becomes when what is seen is turned a quarter clockwise. */
const quarterTurn = [1, 6, 7, 8, 5, 2, 3, 4, 1] as const

/** The same source, seen a quarter turn clockwise. */
export function turnedSource(source: PlanSource): PlanSource {
  return { ...source, facts: turnedFacts(source.facts) }
}

function turnedFacts(facts: ImageFacts | PdfFacts): ImageFacts | PdfFacts {
  if (facts.kind === 'image') return { ...facts, orientation: turned(facts.orientation) }
  return { ...facts, pages: facts.pages.map((page) => ({ ...page, orientation: turned(page.orientation) })) }
}

const turned = (orientation: number): number => quarterTurn[orientation] ?? 6
