import type { Finding } from '#contracts/findings.ts'
import { finding } from '../job/finding.ts'
import type { Bitmap } from '../pdfium/document.ts'
import type { ComponentPlan } from '../plan/job-plan.ts'
import { type Difference, differenceOf } from './compare-page.ts'
import { isInked } from './ink.ts'
import { isBlank } from './preview.ts'
import { whole } from './share.ts'
import type { SourcePictures } from './source-pictures.ts'

/**
 * A page that differs from its source by so many levels of 255 is told, and from `wrongFrom` on refused. On a page that is
 * mostly white little is much: there ink that is missing counts as a share of the source's own, from a few levels on. (Ink that
 * came in addition does not: hairlines that fall beside their pixel would be told.)
 *
 * Pages made rightly of 335 public PDFs differ by 0.6 in the middle, 15 at the 99th percentile, 60 at most, where renderers
 * show one file in two ways. Means find the gross slips and miss most wrong pages of plain text: what guards against those are
 * the boxes, the structure and the tests of the maker. Five photographs differed by 2.8, moved by a tenth by 81 and more.
 */
const disagreesFrom = { pdf: 12, picture: 30 } as const
const disagreesFromShare = { levels: 4, ofInk: 0.6 } as const
const wrongFrom = 75

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
  if (isBlank(bitmap) && (await isInked(drawings, pictures))) return faulty(`page ${page} is blank`)
  const difference = isCompared ? await differenceOf(component, drawings, bitmap, pictures) : undefined
  if (difference === undefined) return { faults: [], findings: [], wasCompared: false }
  const kind = drawings.some((each) => each.draw === 'place' && each.pixels) ? 'picture' : 'pdf'
  const { levels } = difference
  if (!disagrees(difference, kind)) return { faults: [], findings: [], wasCompared: true }
  if (levels < wrongFrom) return { faults: [], findings: [disagreement(component, page, levels)], wasCompared: true }
  return faulty(`page ${page} does not show its source (differs by ${Math.round(levels)} of 255 levels)`)
}

/**
 * Judges a page that the engine breaks on. Where it breaks on the source as well, the file asks for something that only other
 * programs know, and the page is passed on with a word about it; where it shows the source, our page is at fault.
 */
export async function judgeUnseen(
  { component, pages }: ComponentPlan,
  pictures: SourcePictures,
  page: number,
): Promise<PageJudgement> {
  const drawings = (pages[page - 1] ?? []).filter((each) => each.draw === 'place' || each.draw === 'keep')
  const shown = await Promise.all(drawings.map((drawing) => pictures.of(drawing, whole)))
  if (shown.length > 0 && !shown.includes(undefined)) return faulty(`page ${page} cannot be drawn`)
  const told = finding('RENDERERS_DISAGREE', {
    file: component,
    page,
    found: 'a page that our second program cannot draw, from your file as little as from the print file',
    wanted: 'a page that every program can draw',
    action: 'There is no preview of this page: look at it in your file, and export it again as PDF/X-4 if in doubt.',
  })
  return { faults: [], findings: [told], wasCompared: false }
}

function disagrees({ levels, inkLevels, missingLevels }: Difference, kind: keyof typeof disagreesFrom): boolean {
  if (levels >= disagreesFrom[kind]) return true
  return (
    kind === 'pdf' &&
    missingLevels >= disagreesFromShare.levels &&
    missingLevels >= disagreesFromShare.ofInk * inkLevels
  )
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
