import type { Facts } from '../inspect/facts.ts'
import type { JobPlan } from '../plan/job-plan.ts'
import type { VerifyAnswer } from '../sandbox/protocol.ts'
import { type JobSpec, type Looked, plannedOf } from './look-into.ts'

type Paintable = VerifyAnswer['paintable']

/** The job planned anew, with pictures in place of these pages; undefined where none of them can be painted, or all are already. */
export function paintedInstead(job: JobSpec, looked: Looked, paintable: Paintable): Looked | undefined {
  const { planned, files } = looked
  if (planned.outcome !== 'plan') return undefined
  const wanted = new Set(paintable.flatMap((page) => sourcePagesOf(planned.plan, page)))
  if (wanted.size === 0) return undefined
  const facts = looked.facts.map((seen, source) => withRasters(seen, (page) => wanted.has(`${source} ${page}`)))
  return { files, facts, planned: plannedOf(job, files, facts) }
}

/** Pages of PDFs that a printed page shows as they are. */
function sourcePagesOf({ components }: JobPlan, { component, page }: Paintable[number]): string[] {
  const drawings = components.find((each) => each.component === component)?.pages[page - 1] ?? []
  return drawings.flatMap((drawing) => {
    if (drawing.draw === 'keep') return [`${drawing.source} ${drawing.page}`]
    if (drawing.draw !== 'place' || drawing.pixels || drawing.rasterDpi !== undefined) return []
    return [`${drawing.source} ${drawing.page}`]
  })
}

function withRasters(facts: Facts, isWanted: (page: number) => boolean): Facts {
  if (facts.kind !== 'pdf') return facts
  return {
    ...facts,
    pages: facts.pages.map((page, index) => (isWanted(index + 1) ? { ...page, needsRaster: true } : page)),
  }
}

/** A page of A4 takes a third of it (2 cores of 2024). */
const millisecondsAPage = 600

/** What a converter may take longer for the pages that it paints: a book of them is work, not a trap. */
export function paintingMillisecondsOf({ components }: JobPlan): number {
  const isPainted = (drawing: JobPlan['components'][number]['pages'][number][number]): boolean =>
    drawing.draw === 'place' && drawing.rasterDpi !== undefined
  return millisecondsAPage * components.flatMap(({ pages }) => pages.flat().filter(isPainted)).length
}
