import type { ImageFacts, PdfFacts } from '../inspect/facts.ts'
import { agree, pdfSizeMm, visibleBoxOf } from './pdf-page.ts'
import type { LooseNote } from './picture.ts'
import type { Note, PlanSource } from './plan-source.ts'
import { sizeText } from './words.ts'

/** Pages that differ by less than this count as one size. */
const sameSizeWithinMm = 1

/** What there is to tell about a source itself, wherever it is placed. */
export function sourceNotes(source: PlanSource): Note[] {
  const { facts, label } = source
  const notes = facts.kind === 'pdf' ? pdfNotes(facts) : [...stateNotes(facts), ...conversionNotes(facts)]
  return [...notes, ...blankNotes(facts)].map((note) => ({ ...note, file: label }))
}

function blankNotes({ kind, look }: ImageFacts | PdfFacts): LooseNote[] {
  if (!look.isBlank) return []
  return [
    {
      code: 'BLANK_PAGE',
      found: kind === 'pdf' ? 'a blank first page' : 'a blank picture',
      wanted: 'something to see',
      action: 'Printed as it is. Check that the right file was sent.',
    },
  ]
}

function pdfNotes(facts: PdfFacts): (LooseNote & { page?: number })[] {
  const notes: (LooseNote & { page?: number })[] = []
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
  return [...notes, ...annotationNotes(facts), ...mixedSizes(facts)]
}

function annotationNotes(facts: PdfFacts) {
  return facts.pages.flatMap(({ printedAnnotations }, index) => {
    if (printedAnnotations === 0) return []
    const note = {
      code: 'ANNOTATIONS_FLATTENED',
      page: index + 1,
      found: 'notes, stamps or form fields that are marked for printing',
      wanted: 'one picture of the page',
      action: 'They were painted into the page.',
    } as const
    return [note]
  })
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

function stateNotes(facts: ImageFacts): LooseNote[] {
  const notes: LooseNote[] = []
  if (facts.orientation !== 1) {
    notes.push({
      code: 'ORIENTATION_APPLIED',
      found: `stored turned or mirrored (orientation ${facts.orientation})`,
      wanted: 'upright',
      action: 'The picture was turned upright.',
    })
  }
  if (facts.isDamaged) {
    notes.push({
      code: 'IMAGE_DAMAGED',
      found: 'the file ends early or has unreadable parts',
      wanted: 'a whole file',
      action: 'What could be read is printed. Look at the preview, and send the file again if parts are missing.',
    })
  }
  if (facts.frames > 1) {
    notes.push({
      code: 'FIRST_PICTURE_ONLY',
      found: `${facts.frames} pages or frames in one image file`,
      wanted: 'one picture a file',
      action: 'The first one is printed. Send each of the others as a file of its own.',
    })
  }
  return notes
}

function conversionNotes(facts: ImageFacts): LooseNote[] {
  const notes: LooseNote[] = []
  if (facts.hasAlpha) {
    notes.push({
      code: 'ALPHA_FLATTENED_WHITE',
      found: 'see-through parts',
      wanted: 'none',
      action: 'They were laid on white.',
    })
  }
  if (facts.depth === 'ushort') {
    notes.push({
      code: 'DEPTH_16_TO_8',
      found: '16 bits a colour',
      wanted: '8 bits',
      action: 'The picture was rounded to 8 bits.',
    })
  }
  if (facts.hasProfile && !facts.isPassable && facts.format !== 'jpeg') {
    notes.push({
      code: 'PROFILE_CONVERTED',
      found: 'a colour profile of its own',
      wanted: 'sRGB',
      action: 'Colours were converted by the profile.',
    })
  }
  return notes
}
