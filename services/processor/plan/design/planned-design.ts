import type { Product } from '#contracts/catalogue/product.ts'
import type { Design, PageDesign, Placement } from '#contracts/design.ts'
import type { Box } from '#contracts/geometry/box.ts'
import { pagesOfTemplate } from '#contracts/pages-of-template.ts'
import type { ImageFacts } from '../../inspect/facts.ts'
import type { BookPage } from '../binding.ts'
import { clippedPage } from '../clip.ts'
import { planPicturePage } from '../interior.ts'
import { sheetOf } from '../pdf-size.ts'
import { fillWithImage, fitImage, uprightPixels } from '../picture.ts'
import { partSize, type Size } from '../placement.ts'
import { blankPage, type PlannedPage, type PlanSource } from '../plan-source.ts'
import { croppedPart, type Shaping, shapingOf } from '../shaping.ts'
import { asWanted } from '../turn.ts'
import { captionOnPaper, captionOnPicture } from './caption.ts'
import { borderFrame, splitForCaption, twoFrames } from './frames.ts'

export type DesignWork = {
  readonly design: Design
  readonly product: Product
  readonly pictures: readonly PlanSource<ImageFacts>[]
  readonly pageAt: (number: number) => BookPage
}

/** The pages that a design lays out, in order; the design was checked against the number of pictures before. */
export function planDesignedPages(work: DesignWork): PlannedPage[] {
  const pages: PlannedPage[] = []
  for (const page of work.design.pages ?? []) {
    const number = pages.length + 1
    const made = pagesOfTemplate(page) === 2 ? spread(work, page, number) : [onePage(work, page, number)]
    pages.push(...made)
  }
  return pages
}

function onePage(work: DesignWork, page: PageDesign, number: number): PlannedPage {
  const target = work.pageAt(number)
  switch (page.template) {
    case 'full_bleed':
    case 'spread':
      return fullBleed(work, page, target)
    case 'border':
    case 'two_up':
      return framed(work, page, target)
    default: {
      const never: never = page.template
      return never
    }
  }
}

type Shown = { readonly source: PlanSource<ImageFacts>; readonly shaping: Shaping }

function shown({ design, pictures }: DesignWork, images: readonly Placement[]): Shown[] {
  return images.flatMap((placement) => {
    const source = pictures[placement.image - 1]
    if (!source) return []
    const shaping = shapingOf(placement, design)
    return [{ source: asWanted(source, shaping), shaping }]
  })
}

function fullBleed(work: DesignWork, { images, caption }: PageDesign, target: BookPage): PlannedPage {
  const [picture] = shown(work, images)
  if (!picture) return blankPage
  const { source, shaping } = picture
  const page = planPicturePage(source, target, work.product, shaping)
  const words = caption ? captionOnPicture(caption, target, source.facts.look.mean) : []
  return { drawings: [...page.drawings, ...words], notes: page.notes }
}

function framed(work: DesignWork, { images, caption, template }: PageDesign, target: BookPage): PlannedPage {
  const frame = borderFrame(target)
  const split = caption ? splitForCaption(frame) : { picture: frame, caption: frame }
  const pictures = shown(work, images)
  const frames = template === 'two_up' ? twoFramesOf(split.picture, pictures) : [split.picture]
  const pages = pictures.flatMap((picture, index) => {
    const box = frames[index]
    return box ? [inFrame(picture, box, work.product)] : []
  })
  const words = caption ? [captionOnPaper(caption, split.caption)] : []
  return {
    drawings: [...pages.flatMap(({ drawings }) => drawings), ...words],
    notes: pages.flatMap(({ notes }) => notes),
  }
}

function twoFramesOf(frame: Box, pictures: readonly Shown[]): readonly Box[] {
  const [one, other] = pictures.map(
    ({ source, shaping }): Size => partSize(uprightPixels(source.facts), croppedPart(shaping)),
  )
  return one && other ? twoFrames(frame, [one, other]) : [frame]
}

function inFrame({ source, shaping }: Shown, frame: Box, { resolution }: Product): PlannedPage {
  const place = shaping.fit === 'fit' ? fitImage : fillWithImage
  return place(source, frame, { resolution, shaping })
}

/**
 * One picture across a left page and the right page beside it. Each page shows its half up to the fold and a little of the
 * other half beyond it: in a layflat album the halves meet, in glued books nothing white shows in the fold.
 */
function spread(work: DesignWork, { images, caption }: PageDesign, number: number): PlannedPage[] {
  const [picture] = shown(work, images)
  if (!picture) return [blankPage, blankPage]
  const { source, shaping } = picture
  const left = work.pageAt(number)
  const both = acrossFold(left, shaping)
  const place = shaping.fit === 'fit' ? fitImage : fillWithImage
  const whole = place(source, both, { resolution: work.product.resolution, shaping })
  const words = caption ? captionOnPicture(caption, left, source.facts.look.mean) : []
  const onLeft = clippedPage(whole, sheetOf(left), 0)
  return [
    { drawings: [...onLeft.drawings, ...words], notes: onLeft.notes },
    { ...clippedPage(whole, { ...sheetOf(left), xMm: left.trimBox.widthMm }, -left.trimBox.widthMm), notes: [] },
  ]
}

/** Both pages in the measure of the left one: its sheet, and one more trim to the right. */
function acrossFold(left: BookPage, { fit }: Shaping): Box {
  const { trimBox, safeBox } = left
  if (fit !== 'fit') return { ...sheetOf(left), widthMm: left.sheetWidthMm + trimBox.widthMm }
  const outerMm = safeBox.xMm - trimBox.xMm
  return { ...safeBox, widthMm: 2 * (trimBox.widthMm - outerMm) }
}
