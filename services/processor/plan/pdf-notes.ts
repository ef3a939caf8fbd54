import type { PdfFacts, PdfPageFacts } from '../inspect/facts.ts'
import { agree, pdfSizeMm, visibleBoxOf } from './pdf-size.ts'
import type { LooseNote } from './plan-source.ts'
import { sizeText } from './words.ts'

/** Pages that differ by less than this count as one size. */
const sameSizeWithinMm = 1

/** What there is to tell about a document itself and about each of its pages. */
export function pdfNotes(facts: PdfFacts): PageNote[] {
  const notes: PageNote[] = []
  if (facts.wasRepaired) {
    notes.push({
      code: 'XREF_REPAIRED',
      found: 'a damaged table of objects',
      wanted: 'a sound file',
      action: 'The file was repaired. Compare the previews with your document.',
    })
  }
  if (facts.wasEncrypted) {
    notes.push({
      code: 'ENCRYPTION_REMOVED',
      found: 'protected against changes, without a password for opening',
      wanted: 'no protection',
      action: 'The protection was taken off the print file.',
    })
  }
  if (facts.active.length > 0) {
    notes.push({
      code: 'SCRIPTS_REMOVED',
      found: facts.active.join(', '),
      wanted: 'nothing but pages',
      action: 'Scripts, actions, forms and attached files were left out of the print file.',
    })
  }
  return [
    ...notes,
    ...colourNotes(facts),
    ...facts.pages.flatMap(pageNotes),
    ...firstBlankNotes(facts),
    ...mixedSizes(facts),
  ]
}

function colourNotes({ spotColours = [] }: PdfFacts): LooseNote[] {
  if (spotColours.length === 0) return []
  return [
    {
      code: 'SPOT_COLOURS',
      found: spotColours.slice(0, 10).join(', '),
      wanted: 'colours made of the four inks',
      action: 'Printed with the four inks that stand for them in the file; the shade may differ from a colour book.',
    },
  ]
}

type PageNote = LooseNote & { readonly page?: number }

function pageNotes(page: PdfPageFacts, index: number): PageNote[] {
  const notes = [
    ...annotationNotes(page),
    ...inkNotes(page),
    ...transparencyNotes(page),
    ...doubtNotes(page),
    ...blankNotes(page),
  ]
  return notes.map((note) => ({ ...note, page: index + 1 }))
}

function annotationNotes({ printedAnnotations }: PdfPageFacts): LooseNote[] {
  if (printedAnnotations === 0) return []
  return [
    {
      code: 'ANNOTATIONS_FLATTENED',
      found: 'notes, stamps or form fields that are marked for printing',
      wanted: 'one picture of the page',
      action: 'They were painted into the page.',
    },
  ]
}

/** More ink than this does not dry (PRINT-FACTS §1). */
const mostInkPercent = 300

function inkNotes({ inkPercent = 0 }: PdfPageFacts): LooseNote[] {
  if (inkPercent <= mostInkPercent) return []
  return [
    {
      code: 'INK_COVERAGE_HIGH',
      found: `${Math.floor(inkPercent / 10) * 10} % of ink or more in one place`,
      wanted: `at most ${mostInkPercent} %`,
      action: 'Printed as it is. Use 60/60/60/100 for a deep black, and export for coated paper.',
    },
  ]
}

function transparencyNotes({ hasTransparency }: PdfPageFacts): LooseNote[] {
  if (!hasTransparency) return []
  return [
    {
      code: 'TRANSPARENCY_PRESENT',
      found: 'see-through objects',
      wanted: 'the same picture on every press',
      action: 'Kept as they are. Compare the preview with your document where shadows and overlays meet.',
    },
  ]
}

function doubtNotes({ hasUntaggedRgb, isShownOtherwise }: PdfPageFacts): LooseNote[] {
  const notes: LooseNote[] = []
  if (hasUntaggedRgb) {
    notes.push({
      code: 'PROFILE_ASSUMED_SRGB',
      found: 'red, green and blue without a profile',
      wanted: 'a profile that says what the colours mean',
      action: 'sRGB was assumed, which is what cameras and screens use.',
    })
  }
  if (isShownOtherwise) {
    notes.push({
      code: 'RENDERERS_DISAGREE',
      found: 'a repaired page that another program shows differently',
      wanted: 'a page that every program shows the same',
      action: 'Look at the preview, and export the document again if it is not what you meant.',
    })
  }
  return notes
}

function blankNotes({ isBlank }: Pick<PdfPageFacts, 'isBlank'>): LooseNote[] {
  if (!isBlank) return []
  return [
    {
      code: 'BLANK_PAGE',
      found: 'a blank page',
      wanted: 'something to see',
      action: 'Printed as it is. Check that it was meant to be blank.',
    },
  ]
}

/** Where only the first page was looked at. */
function firstBlankNotes({ look, pages }: PdfFacts): PageNote[] {
  if (!look.isBlank || pages[0]?.isBlank !== undefined) return []
  return blankNotes({ isBlank: true }).map((note) => ({ ...note, page: 1 }))
}

function mixedSizes(facts: PdfFacts): LooseNote[] {
  const sizes = facts.pages.map((page) => pdfSizeMm(page, visibleBoxOf(page)))
  const first = sizes[0]
  const other = first && sizes.find((size) => !agree(size, first, sameSizeWithinMm))
  if (!first || !other) return []
  return [
    {
      code: 'MIXED_PAGE_SIZES',
      found: `pages of ${sizeText(first)} and of ${sizeText(other)}`,
      wanted: 'one size',
      action: 'Each page was placed by itself. Look at the previews.',
    },
  ]
}
