import { readFile, writeFile } from 'node:fs/promises'
import { PDFNumber } from '@cantoo/pdf-lib'
import { openWithPdfium, type PdfiumDocument, PdfiumError, type PlacedImage } from '../pdfium/document.ts'
import { printedAnnotationsOf } from '../source/annotations.ts'
import { boxEntryOf, entryOf, type PdfPage, type PdfSource, readPdf } from '../source/pdf-source.ts'
import { activeContentOf } from './active-content.ts'
import { type Facts, factsForPages, type Look, type PdfPageFacts, type RawBox } from './facts.ts'
import { lookOf } from './look.ts'

const lookPx = 64
/** US Letter: what ISO 32000 leaves undefined and every viewer shows when a page has no size. */
const noMediaBox: RawBox = { x: 0, y: 0, width: 612, height: 792 }

/**
 * Facts of one PDF. A file that is encrypted with the empty password, or that our own reader cannot take, is replaced
 * in place by PDFium's sound copy, so that later rooms meet plain files only.
 */
export async function inspectPdf(path: string): Promise<Facts> {
  const bytes = await readFile(path)
  const opened = await open(bytes)
  if (!('pageCount' in opened)) return opened
  if (opened.pageCount === 0) return { kind: 'unreadable', code: 'EMPTY_DOCUMENT', detail: 'a PDF without pages' }
  const sound = await soundSource(path, bytes, opened)
  if (!sound) return { kind: 'unreadable', code: 'CORRUPT_UNRECOVERABLE', detail: 'the PDF’s objects cannot be read' }
  const { source, wasEncrypted, wasRepaired, active } = sound
  return {
    kind: 'pdf',
    pageCount: source.pages.length,
    pages: source.pages.slice(0, factsForPages).map((page, index) => {
      const facts = pageFacts(source, page)
      // A count that lies hides the last pages from PDFium; they are printed all the same.
      const coarsestDpi = index < opened.pageCount ? coarsestOf(opened.images(index + 1), facts) : undefined
      return coarsestDpi ? { ...facts, coarsestDpi } : facts
    }),
    wasEncrypted,
    wasRepaired,
    active,
    look: lookOfPage(opened),
  }
}

async function open(bytes: Uint8Array): Promise<PdfiumDocument | Extract<Facts, { kind: 'unreadable' }>> {
  try {
    return await openWithPdfium(bytes)
  } catch (error) {
    if (!(error instanceof PdfiumError)) throw error
    return error.needsPassword
      ? { kind: 'unreadable', code: 'PASSWORD_REQUIRED', detail: 'the PDF opens with a password only' }
      : { kind: 'unreadable', code: 'CORRUPT_UNRECOVERABLE', detail: 'the PDF is damaged beyond repair' }
  }
}

type Sound = {
  readonly source: PdfSource
  readonly wasEncrypted: boolean
  readonly wasRepaired: boolean
  readonly active: string[]
}

async function soundSource(path: string, bytes: Uint8Array, opened: PdfiumDocument): Promise<Sound | undefined> {
  const direct = await attempt(bytes)
  const wasEncrypted = opened.isEncrypted || (direct?.isEncrypted ?? false)
  const isPlain = direct !== undefined && !wasEncrypted
  // PDFium believes the tree's own count; where every page that the tree names is there, the pages count.
  if (isPlain && (direct.isWhole || direct.pages.length === opened.pageCount)) {
    const wasRepaired = direct.pages.length !== opened.pageCount
    return { source: direct, wasEncrypted, wasRepaired, active: activeContentOf(direct.context) }
  }
  const copy = opened.rewritten()
  const source = await attempt(copy)
  if (!source || !(source.isWhole || source.pages.length === opened.pageCount)) return undefined
  await writeFile(path, copy)
  return { source, wasEncrypted, wasRepaired: !wasEncrypted, active: activeContentOf((direct ?? source).context) }
}

async function attempt(bytes: Uint8Array): Promise<PdfSource | undefined> {
  try {
    return await readPdf(bytes)
  } catch {
    // Not an error of the job yet: PDFium may still write a copy that our reader takes.
    return undefined
  }
}

function pageFacts(source: PdfSource, page: PdfPage): PdfPageFacts {
  const media = boxEntryOf(source, page, 'MediaBox') ?? noMediaBox
  const unit = entryOf(source, page, 'UserUnit')
  const userUnit = unit instanceof PDFNumber && unit.asNumber() > 0 ? unit.asNumber() : 1
  const bleed = boxEntryOf(source, page, 'BleedBox')
  const trim = boxEntryOf(source, page, 'TrimBox')
  return {
    media,
    crop: within(boxEntryOf(source, page, 'CropBox'), media) ?? media,
    ...optional('bleed', within(bleed, media)),
    ...optional('trim', within(trim, media)),
    orientation: orientationOf(source, page),
    userUnit,
    printedAnnotations: printedAnnotationsOf(source, page).length,
  }
}

/** Smaller pictures (logos, icons, rules) are often coarse on purpose. */
const countsFromShareOfPage = 0.08

function coarsestOf(images: readonly PlacedImage[], { media, userUnit }: PdfPageFacts): number | undefined {
  const pageArea = (media.width / 72) * (media.height / 72)
  const counted = images.flatMap(({ widthPx, heightPx, dpiX, dpiY }) => {
    const share = ((widthPx / dpiX) * (heightPx / dpiY)) / pageArea
    return share >= countsFromShareOfPage && Math.min(dpiX, dpiY) > 0 ? [Math.min(dpiX, dpiY) / userUnit] : []
  })
  return counted.length > 0 ? Math.min(...counted) : undefined
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

function orientationOf(source: PdfSource, page: PdfPage): number {
  const rotate = entryOf(source, page, 'Rotate')
  const quarters = rotate instanceof PDFNumber ? Math.round(rotate.asNumber() / 90) : 0
  return orientations[((quarters % 4) + 4) % 4] ?? 1
}

function lookOfPage(opened: PdfiumDocument): Look {
  const { width, height } = opened.size(1)
  const heightPx = Math.min(256, Math.max(8, Math.round((lookPx * height) / Math.max(1, width))))
  return lookOf(opened.render(1, lookPx, heightPx, true))
}
