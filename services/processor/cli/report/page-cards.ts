import { join } from 'node:path'
import type { Finding } from '#contracts/findings.ts'
import type { Box } from '#contracts/geometry/box.ts'
import type { ComponentPlan } from '../../plan/job-plan.ts'
import { openPlain } from '../../sandbox/open-plain.ts'
import type { PreviewFile } from '../../sandbox/protocol.ts'
import { overlayOf } from '../../verify/overlay.ts'
import type { Outcome } from '../outcome.ts'
import { findingHtml } from './finding-html.ts'

/** Pictures stand inside the page: more of them would make a report that no mail carries. */
const mostPictures = 40

/** A card for each page that has a picture, with its findings; `rest` are those that belong to no picture. */
export async function pageCards({ plan, previews, findings }: Outcome, folder: string) {
  const shown = previews
    .filter(({ panel }) => panel === undefined)
    .toSorted(coverFirst)
    .slice(0, mostPictures)
  const placed = new Set<Finding>()
  const cards: string[] = []
  for (const preview of shown) {
    const component = plan?.components.find((each) => each.component === preview.component)
    if (!component) continue
    const own = findings.filter((finding) => isOn(finding, preview))
    for (const finding of own) placed.add(finding)
    cards.push(cardOf(component, preview, own, await dataUri(join(folder, preview.file))))
  }
  return { cards, rest: findings.filter((finding) => !placed.has(finding)) }
}

const coverFirst = (one: PreviewFile, other: PreviewFile): number =>
  Number(other.component === 'cover') - Number(one.component === 'cover')

/** What is said of more pages than this stands once, above them. */
const mostCards = 4

/** On each page where it is seen; what our own check of a print file found names that file. */
function isOn({ file, page, printedOn }: Finding, { component, page: number }: PreviewFile): boolean {
  if (printedOn === undefined) return file === component && (component === 'cover' || page === number)
  return printedOn.component === component && printedOn.pages.length <= mostCards && printedOn.pages.includes(number)
}

function cardOf(component: ComponentPlan, preview: PreviewFile, findings: readonly Finding[], picture: string): string {
  const { component: name, page, widthPx, heightPx } = preview
  const title = name === 'interior' ? `Page ${page}` : name === 'cover' ? 'Cover' : 'Sheet'
  const marks = findings.flatMap(({ where }) => (where ? [where] : []))
  const list = findings.length > 0 ? `<ul class="list">${findings.map(findingHtml).join('')}</ul>` : ''
  return (
    `<section class="page${name === 'cover' ? ' wide' : ''}"><h3>${title}</h3>` +
    `<div class="sheet"><img src="${picture}" width="${widthPx}" height="${heightPx}" alt="${title} as it prints">` +
    `${overlayOf(component)}${marksOf(component, marks)}</div>${list}</section>`
  )
}

/** Boxes that findings name, in millimetres like the overlay below them. */
function marksOf({ sheetWidthMm, sheetHeightMm }: ComponentPlan, boxes: readonly Box[]): string {
  if (boxes.length === 0) return ''
  const rectangles = boxes.map(
    ({ xMm, yMm, widthMm, heightMm }) =>
      `<rect x="${xMm}" y="${sheetHeightMm - yMm - heightMm}" width="${widthMm}" height="${heightMm}" class="mark"/>`,
  )
  return `<svg viewBox="0 0 ${sheetWidthMm} ${sheetHeightMm}" aria-hidden="true">${rectangles.join('')}</svg>`
}

async function dataUri(path: string): Promise<string> {
  const file = await openPlain(path)
  try {
    const type = path.endsWith('.png') ? 'image/png' : path.endsWith('.webp') ? 'image/webp' : 'image/jpeg'
    return `data:${type};base64,${(await file.readFile()).toString('base64')}`
  } finally {
    await file.close()
  }
}
