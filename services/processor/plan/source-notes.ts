import { imageNotes } from './image-notes.ts'
import { pdfNotes } from './pdf-notes.ts'
import type { Note, PlanSource } from './plan-source.ts'

/** What there is to tell about a source itself, wherever it is placed. */
export function sourceNotes({ facts, label }: PlanSource): Note[] {
  const notes = facts.kind === 'pdf' ? pdfNotes(facts) : imageNotes(facts)
  return notes.map((note) => ({ ...note, file: label }))
}
