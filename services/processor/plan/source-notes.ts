import { imageNotes } from './image-notes.ts'
import type { ComponentPlan } from './job-plan.ts'
import { pdfNotes } from './pdf-notes.ts'
import type { Note, PlanSource } from './plan-source.ts'

/** What there is to tell about the sources themselves, wherever they are placed; of a picture that is not, only that. */
export function sourceNotes(
  sources: readonly PlanSource[],
  components: readonly ComponentPlan[],
  told: readonly Note[],
): Note[] {
  const shown = shownSources(components)
  // What was refused stands on no page either.
  const refused = new Set(told.map(({ file }) => file))
  return sources.flatMap(({ facts, label, index }) => {
    const isUnused = facts.kind === 'image' && !shown.has(index) && !refused.has(label)
    const notes = isUnused ? [unused] : facts.kind === 'pdf' ? pdfNotes(facts) : imageNotes(facts)
    return notes.map((note) => ({ ...note, file: label }))
  })
}

const unused = {
  code: 'IMAGE_NOT_USED',
  found: 'a picture that no page shows',
  wanted: 'every picture on a page',
  action: 'It is not printed. Put it on a page of the design, or leave it out.',
} as const

/** Places in the ticket of what is drawn anywhere. */
const shownSources = (components: readonly ComponentPlan[]): ReadonlySet<number> =>
  new Set(
    components.flatMap(({ pages }) =>
      pages.flat().flatMap((each) => (each.draw === 'place' || each.draw === 'keep' ? [each.source] : [])),
    ),
  )
