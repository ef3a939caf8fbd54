import type { Finding } from '#contracts/findings.ts'
import { lookOf } from '../inspect/look.ts'
import { finding } from '../job/finding.ts'
import type { Bitmap, PdfiumDocument } from '../pdfium/document.ts'
import type { ComponentPlan } from '../plan/job-plan.ts'
import type { PreviewFile } from '../sandbox/protocol.ts'
import { differenceOf } from './compare-page.ts'
import { isInked } from './ink.ts'
import { mostPreviews, pictureOf, previewPx, writePreview } from './preview.ts'
import type { SourcePictures } from './source-pictures.ts'

export type Judging = {
  readonly folder: string
  readonly pictures: SourcePictures
  readonly began: number
  readonly component: ComponentPlan
}

/** Drawing takes at most so long for previews and for looking at ink; what is beyond is checked by its structure alone. */
const previewMilliseconds = 20_000
const inkMilliseconds = 40_000
/** Enough to see whether there is ink. */
const inkPx = 96
const comparedPages = 8
const comparedFromPx = 400

/**
 * Means of differences between a printed page and its source, 0–255 a channel. Measured: another resampling or colour
 * engine differs by up to 4, CMYK shown by another profile by up to 25; a page moved by a tenth by 15 or more, another
 * page by 40 or more.
 */
const disagreesFrom = { pdf: 12, picture: 30 } as const
const wrongFrom = { pdf: 48, picture: 75 } as const

type PageJudgement = { readonly fault?: string; readonly finding?: Finding }

/** Draws the pages of a print file: previews, whether there is ink where ink was planned, and whether sources look the same. */
export async function lookAtPages(judging: Judging, document: PdfiumDocument) {
  const { folder, component, began } = judging
  const judgements: PageJudgement[] = []
  const previews: PreviewFile[] = []
  const count = component.pages.length
  const compared = spread(count, comparedPages)
  for (let page = 1; page <= count; page += 1) {
    const elapsed = performance.now() - began
    if (elapsed > inkMilliseconds) break
    const isShown = page <= mostPreviews && elapsed < previewMilliseconds
    const isCompared = compared.has(page)
    const bitmap = pictureOf(document, page, isShown ? previewPx(count) : isCompared ? comparedFromPx : inkPx)
    if (isShown) previews.push(await writePreview(folder, bitmap, component.component, page))
    judgements.push(await judgePage(judging, page, bitmap, isCompared))
  }
  return {
    previews,
    faults: judgements.flatMap(({ fault = [] }) => fault),
    findings: judgements.flatMap(({ finding: found = [] }) => found),
  }
}

async function judgePage(
  { component, pictures }: Judging,
  page: number,
  bitmap: Bitmap,
  isCompared: boolean,
): Promise<PageJudgement> {
  const drawings = component.pages[page - 1] ?? []
  if (lookOf(bitmap).isBlank) return (await isInked(drawings, pictures)) ? { fault: `page ${page} is blank` } : {}
  const difference = isCompared ? await differenceOf(component, drawings, bitmap, pictures) : undefined
  const kind = drawings.some((each) => each.draw === 'place' && each.pixels) ? 'picture' : 'pdf'
  if (difference === undefined || difference < disagreesFrom[kind]) return {}
  if (difference < wrongFrom[kind]) return { finding: disagreement(component, page, difference) }
  return { fault: `page ${page} does not show its source (differs by ${Math.round(difference)} of 255 levels)` }
}

/** So many page numbers, evenly spread, the first and the last among them. */
function spread(length: number, most: number): ReadonlySet<number> {
  const count = Math.min(length, most)
  const step = (length - 1) / Math.max(1, count - 1)
  return new Set(Array.from({ length: count }, (_, place) => 1 + Math.round(place * step)))
}

const disagreement = ({ component }: ComponentPlan, page: number, difference: number): Finding =>
  finding('RENDERERS_DISAGREE', {
    file: component,
    page,
    found: `the print file looks different from the source by ${Math.round(difference)} of 255 levels`,
    wanted: 'the same look in every program',
    action: 'Look at the preview of this page. Flattening transparency or exporting as PDF/X-4 usually helps.',
  })
