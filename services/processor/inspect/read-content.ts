import { entryOf } from '../pdf/pages.ts'
import { PdfFault, type PdfFile, type PdfPage } from '../pdf/pdf-file.ts'
import { PdfRef, type PdfStream, type PdfValue } from '../pdf/values.ts'
import { type ContentScan, scanDocument, TooMuchContent } from './content/document-scan.ts'
import { addKinds, type Marks } from './content/marks.ts'
import type { Layers } from './layers.ts'
import { printedAnnotationsOf } from './printed-annotations.ts'

/** Content of a page beyond this, and of all pages together beyond that, is printed but not looked at. */
const limits = { streamBytes: 32 * 1024 ** 2, documentBytes: 256 * 1024 ** 2, operators: 40_000_000 }
const mostStreams = 2000
const mostPagesKept = 200

/** Marks of one page in its user space; undefined where the limits leave them out. */
export type ReadContent = (page: PdfPage) => Marks | undefined

/** Reads content streams page by page, within bounds for the whole document. What pages share is read once. */
export function contentReader(file: PdfFile, layers: Layers): ReadContent {
  const scan = scanDocument(file, layers.isHidden, limits)
  const known = new Map<string, Marks>()
  return (page) => {
    const key = keyOf(file, page)
    const before = key === undefined ? undefined : known.get(key)
    if (before) return before
    const marks = attempt(() => marksOf(scan, page))
    if (marks && key !== undefined && known.size < mostPagesKept) known.set(key, marks)
    return marks
  }
}

function attempt(read: () => Marks): Marks | undefined {
  try {
    return read()
  } catch (error) {
    // Facts of content are wanted, not needed: a page that costs too much is printed without them.
    if (error instanceof TooMuchContent || error instanceof PdfFault) return undefined
    throw error
  }
}

function marksOf(scan: ContentScan, page: PdfPage): Marks {
  const { file } = scan
  const resources = file.dict(entryOf(file, page, 'Resources'))
  const marks = scan.content(streamsOf(file, page.dict.get('Contents')), resources)
  for (const { appearance, layer } of printedAnnotationsOf(file, page)) {
    addAppearance(scan, marks, appearance)
    marks.hasHiddenLayer ||= scan.isHidden(layer)
  }
  return marks
}

/** An annotation is painted over the page: it counts by what it is made of. */
function addAppearance(scan: ContentScan, marks: Marks, appearance: PdfStream): void {
  const form = scan.content([appearance], scan.file.dict(appearance.dict.get('Resources')))
  addKinds(marks, form)
  marks.isMarked ||= form.isMarked
}

function streamsOf(file: PdfFile, contents: PdfValue | undefined): PdfStream[] {
  const only = file.stream(contents)
  if (only) return [only]
  return (file.array(contents) ?? []).slice(0, mostStreams).flatMap((part) => file.stream(part) ?? [])
}

/** Pages of one content and one dictionary of resources look the same, where nothing else is on them. */
function keyOf(file: PdfFile, page: PdfPage): string | undefined {
  const contents = page.dict.get('Contents')
  const resources = page.dict.get('Resources') ?? page.inherited.get('Resources')
  if (!(contents instanceof PdfRef) || !(resources instanceof PdfRef)) return undefined
  return page.dict.has('Annots') || file.array(contents) ? undefined : `${contents.number} ${resources.number}`
}
