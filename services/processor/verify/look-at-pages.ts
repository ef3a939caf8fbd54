import { type Bitmap, type OpenPage, type PdfiumDocument, PdfiumError } from '../pdfium/document.ts'
import type { ComponentPlan } from '../plan/job-plan.ts'
import type { PreviewFile } from '../sandbox/protocol.ts'
import type { farBoxes } from './far-objects.ts'
import { judgePage, judgeUnseen, type PageJudgement } from './judge-page.ts'
import { mostPreviews } from './most-previews.ts'
import { boxFaults, judgedBoxes } from './page-boxes.ts'
import { rangesOf } from './page-ranges.ts'
import { pictureOf, previewPx, writePreview } from './preview.ts'
import { finePx, type SourcePictures } from './source-pictures.ts'

export type Judging = {
  readonly folder: string
  readonly pictures: SourcePictures
  /** The same, drawn finely: for pages that differ at first sight. */
  readonly finePictures: SourcePictures
  readonly began: number
  /** Boxes of a far file's pages. Each page that is drawn costs the fetching of all that is on it: only those to compare are. */
  readonly farBoxes: ReturnType<typeof farBoxes> | undefined
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

/** An opened print file, and the way to open it again: an engine that broke on one page is of no use for the next. */
export type Opened = { readonly document: PdfiumDocument; readonly open: () => Promise<PdfiumDocument> }

/** Draws the pages of a print file: previews, ink where ink was planned, fonts in the file, the same look as the source. */
export async function lookAtPages(judging: Judging, opened: Opened) {
  const { folder, component, pictures, farBoxes } = judging
  const judgements = new Map<number, PageJudgement>()
  const previews: PreviewFile[] = []
  const unseen = new Map<number, PageJudgement>()
  let { document } = opened
  const misplaced: string[] = []
  // Written while the next page is drawn.
  let writing: Promise<PreviewFile | undefined> = Promise.resolve(undefined)
  const written = async (): Promise<void> => void previews.push(...[await writing].flatMap((each) => each ?? []))
  const count = component.pages.length
  const toCompare = spread(count, farBoxes ? comparedPages.far : comparedPages.here)
  for (let page = 1; page <= count; page += 1) {
    const isCompared = toCompare.has(page)
    const { isShown, longest } = pictureFor(judging, page, isCompared)
    const drawn = unlessBroken(() => seenOn(judging, document, page, longest))
    if (!drawn) {
      document = await opened.open()
      unseen.set(page, await judgeUnseen(component, pictures, page))
    }
    const seen = drawn ?? seenOn(judging, document, page, undefined)
    misplaced.push(...boxFaults(seen.boxes, component, page))
    if (!seen.bitmap) continue
    if (isShown) {
      await written()
      writing = writePreview(folder, seen.bitmap, component.component, page)
      // Told when it is waited for.
      writing.catch(() => undefined)
    }
    const judged = await judgedOn(judging, document, page, seen.bitmap, isCompared)
    judgements.set(page, { ...judged, faults: [...judged.faults, ...seen.fontFaults] })
  }
  await written()
  const pages = [...judgements.keys()]
  const all = [...judgements, ...unseen]
  return {
    previews,
    faults: [...misplaced, ...all.flatMap(([, { faults }]) => faults)],
    faultyPages: all.flatMap(([page, { faults }]) => (faults.length > 0 ? [page] : [])),
    findings: all.flatMap(([, { findings }]) => findings),
    looked: {
      component: component.component,
      pages: count,
      lookedAt: [...rangesOf(pages)],
      comparedWithSource: pages.filter((page) => judgements.get(page)?.wasCompared),
    },
  }
}

/** What looks wrong is looked at again closely: lines as thin as any covered the small picture of the source alone. */
async function judgedOn(judging: Judging, document: PdfiumDocument, page: number, bitmap: Bitmap, isCompared: boolean) {
  const { component, pictures, finePictures } = judging
  const judged = await judgePage(component, pictures, page, bitmap, isCompared)
  if (judged.faults.length === 0 || !judged.wasCompared) return judged
  const fine = unlessBroken(() => document.onPage(page, (open) => pictureOf(open, finePx)))
  return fine ? await judgePage(component, finePictures, page, fine, isCompared) : judged
}

/** How large a page is drawn, and whether people see it; without a size it is not drawn at all. */
function pictureFor({ component, began, farBoxes }: Judging, page: number, isCompared: boolean) {
  const elapsed = performance.now() - began
  if ((farBoxes || elapsed > inkMilliseconds) && !isCompared) return { isShown: false, longest: undefined }
  const isShown = page <= mostPreviews && elapsed < previewMilliseconds
  return { isShown, longest: isShown ? previewPx(component, page) : isCompared ? comparedFromPx : inkPx }
}

/** Opens a page once; of a far file only where it is drawn. */
function seenOn({ farBoxes, carried }: Judging, document: PdfiumDocument, page: number, longest: number | undefined) {
  const far = farBoxes?.[page - 1]
  if (farBoxes && longest === undefined) return { boxes: far ?? [], bitmap: undefined, fontFaults: [] }
  return document.onPage(page, (open) => ({
    boxes: far ?? open.boxes(judgedBoxes),
    bitmap: longest === undefined ? undefined : pictureOf(open, longest),
    fontFaults: longest === undefined ? [] : fontFaults(open, page, carried),
  }))
}

function unlessBroken<T>(draw: () => T): T | undefined {
  try {
    return draw()
  } catch (error) {
    if (error instanceof PdfiumError) return undefined
    throw error
  }
}

/** A font whose file PDFium cannot use looks as in the source, which was compared: the file has no better one. */
const fontFaults = (open: OpenPage, page: number, carried: ReadonlySet<string>): string[] =>
  open
    .strangeFonts()
    .filter((font) => !carried.has(font))
    .map((font) => `page ${page}: font ${font} is not in the file`)

/** So many page numbers, evenly spread, the first and the last among them. */
function spread(length: number, most: number): ReadonlySet<number> {
  const count = Math.min(length, most)
  const step = (length - 1) / Math.max(1, count - 1)
  return new Set(Array.from({ length: count }, (_, place) => 1 + Math.round(place * step)))
}
