import type { ObjectNumber, PdfWriter } from '../pdf/pdf-writer.ts'
import type { ComponentPlan, Drawing } from '../plan/job-plan.ts'
import type { OpenedPdf } from '../produce/opened-pdfs.ts'

/** Numbers for pages: in a file that begins with a source, its own pages are replaced under their numbers. */
export type PageNumbers = {
  readonly next: (drawings: readonly Drawing[]) => ObjectNumber
  /** Empties the base's pages that are not printed, so that nothing of them can be opened. */
  readonly clearOthers: () => void
}

export function createPageNumbers(plan: ComponentPlan, base: OpenedPdf | undefined, writer: PdfWriter): PageNumbers {
  const taken = new Set<ObjectNumber>()
  const numberOf = (page: number): ObjectNumber | undefined => {
    const ref = base?.pages[page - 1]?.ref
    return ref?.generation === 0 ? ref.number : undefined
  }
  return {
    next: (drawings) => {
      const [only] = drawings
      const isOfBase = (only?.draw === 'keep' || only?.draw === 'place') && only.source === plan.base
      const number = isOfBase ? numberOf(only.page) : undefined
      if (number === undefined || taken.has(number)) return writer.reserve()
      taken.add(number)
      return number
    },
    clearOthers: () => {
      for (const { ref } of base?.pages ?? []) {
        if (ref?.generation !== 0 || taken.has(ref.number)) continue
        taken.add(ref.number)
        writer.put(ref.number, 'null')
      }
    },
  }
}
