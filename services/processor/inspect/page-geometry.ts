import { boxEntryOf, entryOf } from '../pdf/pages.ts'
import type { PdfFile, PdfPage } from '../pdf/pdf-file.ts'
import type { PdfPageFacts, RawBox } from './facts.ts'

/** US Letter: what ISO 32000 leaves undefined and every viewer shows when a page has no size. */
const noMediaBox: RawBox = { x: 0, y: 0, width: 612, height: 792 }

export type PageGeometry = Pick<PdfPageFacts, 'media' | 'crop' | 'bleed' | 'trim' | 'orientation' | 'userUnit'>

/** Boxes of a page, cut to its media box, and how it is turned and scaled. */
export function pageGeometryOf(file: PdfFile, page: PdfPage): PageGeometry {
  const media = boxEntryOf(file, page, 'MediaBox') ?? noMediaBox
  const unit = file.number(page.dict.get('UserUnit')) ?? 1
  return {
    media,
    crop: within(boxEntryOf(file, page, 'CropBox'), media) ?? media,
    ...optional('bleed', within(boxEntryOf(file, page, 'BleedBox'), media)),
    ...optional('trim', within(boxEntryOf(file, page, 'TrimBox'), media)),
    orientation: orientationOf(file, page),
    userUnit: unit > 0 ? unit : 1,
  }
}

const optional = <K extends 'bleed' | 'trim'>(key: K, box: RawBox | undefined) => (box ? { [key]: box } : {})

function within(box: RawBox | undefined, outer: RawBox): RawBox | undefined {
  if (!box) return undefined
  const x = Math.max(box.x, outer.x)
  const y = Math.max(box.y, outer.y)
  const width = Math.min(box.x + box.width, outer.x + outer.width) - x
  const height = Math.min(box.y + box.height, outer.y + outer.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : undefined
}

const orientations = [1, 6, 3, 8] as const

function orientationOf(file: PdfFile, page: PdfPage): number {
  const quarters = Math.round((file.number(entryOf(file, page, 'Rotate')) ?? 0) / 90)
  return orientations[((quarters % 4) + 4) % 4] ?? 1
}
