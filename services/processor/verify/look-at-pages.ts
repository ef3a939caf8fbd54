import type { PdfiumDocument } from '../pdfium/document.ts'
import type { ComponentPlan } from '../plan/job-plan.ts'
import type { PreviewFile } from '../sandbox/protocol.ts'
import { judgePage, type PageJudgement } from './judge-page.ts'
import { rangesOf } from './page-ranges.ts'
import { mostPreviews, pictureOf, previewPx, writePreview } from './preview.ts'
import type { SourcePictures } from './source-pictures.ts'

export type Judging = {
  readonly folder: string
  readonly pictures: SourcePictures
  readonly began: number
  /** Each page that is drawn costs the fetching of all that is on it: only those to compare are. */
  readonly isFar: boolean
  readonly component: ComponentPlan
  /** Names of the fonts that bring a file along. */
  readonly carried: ReadonlySet<string>
}

/**
 * Drawing takes at most so long for previews and for looking at every page; of what is beyond only a few are looked at,
 * and the answer says which pages were.
 */
const previewMilliseconds = 20_000
const inkMilliseconds = 40_000
/** Enough to see whether there is ink. */
const inkPx = 96
const comparedPages = { here: 8, far: 4 } as const
const comparedFromPx = 400

/** Draws the pages of a print file: previews, ink where ink was planned, fonts in the file, the same look as the source. */
export async function lookAtPages(judging: Judging, document: PdfiumDocument) {
  const { folder, component, began, pictures, isFar, carried } = judging
  const judgements = new Map<number, PageJudgement>()
  const previews: PreviewFile[] = []
  const count = component.pages.length
  const toCompare = spread(count, isFar ? comparedPages.far : comparedPages.here)
  for (let page = 1; page <= count; page += 1) {
    const elapsed = performance.now() - began
    const isCompared = toCompare.has(page)
    if ((isFar || elapsed > inkMilliseconds) && !isCompared) continue
    const isShown = page <= mostPreviews && elapsed < previewMilliseconds
    const bitmap = pictureOf(document, page, isShown ? previewPx(count) : isCompared ? comparedFromPx : inkPx)
    if (isShown) previews.push(await writePreview(folder, bitmap, component.component, page))
    const seen = await judgePage(component, pictures, page, bitmap, isCompared)
    judgements.set(page, { ...seen, faults: [...seen.faults, ...fontFaults(document, page, carried)] })
  }
  const pages = [...judgements.keys()]
  return {
    previews,
    faults: [...judgements.values()].flatMap(({ faults }) => faults),
    findings: [...judgements.values()].flatMap(({ findings }) => findings),
    looked: {
      component: component.component,
      pages: count,
      lookedAt: [...rangesOf(pages)],
      comparedWithSource: pages.filter((page) => judgements.get(page)?.wasCompared),
    },
  }
}

/** A font whose file PDFium cannot use looks as in the source, which was compared: the file has no better one. */
const fontFaults = (document: PdfiumDocument, page: number, carried: ReadonlySet<string>): string[] =>
  document
    .strangeFonts(page)
    .filter((font) => !carried.has(font))
    .map((font) => `page ${page}: font ${font} is not in the file`)

/** So many page numbers, evenly spread, the first and the last among them. */
function spread(length: number, most: number): ReadonlySet<number> {
  const count = Math.min(length, most)
  const step = (length - 1) / Math.max(1, count - 1)
  return new Set(Array.from({ length: count }, (_, place) => 1 + Math.round(place * step)))
}
