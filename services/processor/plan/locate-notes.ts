import type { ComponentPlan, Drawing } from './job-plan.ts'
import type { Note, PlanSource, PrintedOn } from './plan-source.ts'

type Places = ReadonlyMap<string, PrintedOn>

/** Says of every note on a picture, or on a page of a PDF, on which pages of which print file it is seen. */
export function locateNotes(
  notes: readonly Note[],
  components: readonly ComponentPlan[],
  sources: readonly PlanSource[],
): Note[] {
  const places = placesOf(components)
  return notes.map((note) => {
    const source = sources.find(({ label }) => label === note.file)
    if (!source) return note
    const isPicture = source.facts.kind === 'image'
    const { page, ...rest } = note
    const number = isPicture ? 1 : page
    const printedOn = note.printedOn ?? (number === undefined ? undefined : places.get(keyOf(source.index, number)))
    // A picture has one page: saying so says nothing.
    return {
      ...rest,
      ...(isPicture || page === undefined ? {} : { page }),
      ...(printedOn ? { printedOn } : {}),
    }
  })
}

/** The first print file that shows it counts: a block before the cover that is made from it. */
function placesOf(components: readonly ComponentPlan[]): Places {
  const places = new Map<string, PrintedOn>()
  for (const { component, pages } of components) {
    for (const [index, drawings] of pages.entries()) {
      for (const key of new Set(drawings.flatMap(shownKey))) {
        const known = places.get(key)
        if (known && known.component !== component) continue
        places.set(key, { component, pages: [...(known?.pages ?? []), index + 1] })
      }
    }
  }
  return places
}

const keyOf = (source: number, page: number): string => `${source}/${page}`

const shownKey = (drawing: Drawing): string[] =>
  drawing.draw === 'place' || drawing.draw === 'keep' ? [keyOf(drawing.source, drawing.page)] : []
