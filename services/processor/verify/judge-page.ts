import type { Finding } from '#contracts/findings.ts'
import { lookOf } from '../inspect/look.ts'
import { finding } from '../job/finding.ts'
import type { Bitmap } from '../pdfium/document.ts'
import type { ComponentPlan } from '../plan/job-plan.ts'
import { differenceOf } from './compare-page.ts'
import { isInked } from './ink.ts'
import type { SourcePictures } from './source-pictures.ts'

/**
 * Means of differences between a printed page and its source, 0–255 a channel. Measured: another resampling or colour
 * engine differs by up to 4, CMYK shown by another profile by up to 25; a page moved by a tenth by 15 or more, another
 * page by 40 or more.
 */
const disagreesFrom = { pdf: 12, picture: 30 } as const
const wrongFrom = { pdf: 48, picture: 75 } as const

export type PageJudgement = {
  readonly faults: readonly string[]
  readonly findings: readonly Finding[]
  /** False where there was nothing to compare with, or nobody asked for it. */
  readonly wasCompared: boolean
}

/** Judges a drawn page: ink where ink was planned and, where `isCompared`, the same look as its source. */
export async function judgePage(
  component: ComponentPlan,
  pictures: SourcePictures,
  page: number,
  bitmap: Bitmap,
  isCompared: boolean,
): Promise<PageJudgement> {
  const drawings = component.pages[page - 1] ?? []
  if (lookOf(bitmap).isBlank && (await isInked(drawings, pictures))) return faulty(`page ${page} is blank`)
  const difference = isCompared ? await differenceOf(component, drawings, bitmap, pictures) : undefined
  if (difference === undefined) return { faults: [], findings: [], wasCompared: false }
  const kind = drawings.some((each) => each.draw === 'place' && each.pixels) ? 'picture' : 'pdf'
  if (difference < disagreesFrom[kind]) return { faults: [], findings: [], wasCompared: true }
  if (difference < wrongFrom[kind])
    return { faults: [], findings: [disagreement(component, page, difference)], wasCompared: true }
  return faulty(`page ${page} does not show its source (differs by ${Math.round(difference)} of 255 levels)`)
}

const faulty = (fault: string): PageJudgement => ({ faults: [fault], findings: [], wasCompared: true })

const disagreement = ({ component }: ComponentPlan, page: number, difference: number): Finding =>
  finding('RENDERERS_DISAGREE', {
    file: component,
    page,
    found: `the print file looks different from the source by ${Math.round(difference)} of 255 levels`,
    wanted: 'the same look in every program',
    action: 'Look at the preview of this page. Flattening transparency or exporting as PDF/X-4 usually helps.',
  })
