import type { FindingCode } from '#contracts/findings.ts'

/** Why each finding matters on press, in words for someone who has never seen one. */
const reasons: Partial<Record<FindingCode, string>> = {
  ORIENTATION_APPLIED: 'A camera stores how it was held beside the picture; a press ignores that note.',
  BOXES_SET: 'Without boxes in the file the cutter must guess where the page ends.',
  BLEED_MIRRORED: 'Paper moves by a millimetre when it is cut; without print beyond the cut a white edge shows.',
  PAGE_SCALED: 'Sheets have one size; what is smaller or larger has to be fitted to it.',
  PAGES_PADDED: 'Sheets are folded or cut in groups of pages; the last group must be full.',
  XREF_REPAIRED: 'A damaged file may lose pages or pictures; look at the previews.',
  ENCRYPTION_REMOVED: 'A press cannot open a protected file.',
  ANNOTATIONS_FLATTENED: 'Presses do not print notes and form fields; as part of the page they are printed.',
  SCRIPTS_REMOVED: 'Print files carry no scripts, forms or attached files.',
  PROFILE_CONVERTED: 'One colour space for all pictures keeps colours the same on every press.',
  ALPHA_FLATTENED_WHITE: 'Paper is white: what is see-through in the picture shows the paper.',
  DEPTH_16_TO_8: 'Presses print 8 bits a colour.',
  IMAGE_DOWNSAMPLED: 'More pixels than the press can print only make the file slow.',
  COVER_MADE: 'A bound book needs a cover sheet with back, spine and front in one piece.',
  RESOLUTION_LOW: 'With too few pixels for its size a picture prints soft or blocky.',
  RESOLUTION_TOO_LOW: 'So few pixels print as visible blocks.',
  IMAGE_DAMAGED: 'A part of the picture may be grey or missing.',
  CROPPED_MORE_THAN: 'The picture has another shape than the paper; filling the sheet cuts its edges.',
  FIRST_PICTURE_ONLY: 'A sheet shows one picture; the others in the file would be lost without a word.',
  MIXED_PAGE_SIZES: 'Every page of a book has the same size.',
  FONT_SUBSTITUTED: 'A sign that the font does not have cannot be printed.',
  BLANK_PAGE: 'A blank cover or first page is often a slip.',
  SPINE_WIDTH_DIFFERS:
    'The spine follows from the page count and the paper; on a wrong one the title slips round the edge.',
  UNSUPPORTED_FORMAT: 'Only formats that always print the same way are taken.',
  CORRUPT_UNRECOVERABLE: 'A file that cannot be read cannot be printed.',
  PASSWORD_REQUIRED: 'Without the password the content cannot be read.',
  TOO_LARGE: 'Limits keep one file from holding up all others.',
  RESOURCE_LIMIT: 'Limits keep one file from holding up all others.',
  PAGE_COUNT_OUT_OF_RANGE: 'Binding holds only so many sheets.',
  ASPECT_MISMATCH: 'Filling this shape would cut away more than half of the picture.',
  EMPTY_DOCUMENT: 'There is nothing to print.',
  OUTPUT_VERIFICATION_FAILED: 'Every print file is opened again by a second program before it goes to a press.',
  PROCESSING_FAILED: 'An order that waits for ever on our own fault helps nobody.',
  SOURCE_NOT_UPLOADED: 'The order names a file that never arrived.',
  SOURCE_UNREACHABLE: 'The file has to be fetched before it can be printed.',
  SOURCE_ADDRESS_FORBIDDEN:
    'Addresses inside a network are not fetched from, so that nobody can look into it through us.',
  SOURCE_MISMATCH: 'Printing another file than the one that was ordered would be a misprint.',
}

export const reasonOf = (code: FindingCode): string => reasons[code] ?? 'It changes what is printed.'
