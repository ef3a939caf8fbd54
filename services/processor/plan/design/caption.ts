import type { Box } from '#contracts/geometry/box.ts'
import type { Rgb } from '../../inspect/facts.ts'
import type { BookPage } from '../binding.ts'
import { calmOf, ink, typeOn } from '../colours.ts'
import type { Drawing, Words } from '../job-plan.ts'
import { captionHeightMm } from './frames.ts'

const captionWords = (text: string, box: Box, colour: Rgb): Words => ({
  draw: 'words',
  text,
  box,
  isTurned: false,
  maximumSizePt: 12,
  minimumSizePt: 7,
  maximumLines: 2,
  colour,
})

/** Dark words on the paper, below a picture. */
export const captionOnPaper = (text: string, box: Box): Drawing => captionWords(text, box, ink)

/**
 * Words over a picture that takes the whole page: on a band along its foot in a calm colour of the picture, so that they
 * can be read on any picture. The band runs into the bleed, the words stay in the safe area.
 */
export function captionOnPicture(text: string, page: BookPage, mean: Rgb): Drawing[] {
  const { safeBox, sheetWidthMm } = page
  const heightMm = captionHeightMm(page.trimBox)
  const colour = calmOf(mean)
  const band = { xMm: 0, yMm: 0, widthMm: sheetWidthMm, heightMm: safeBox.yMm + heightMm * bandOfCaption }
  const box = { ...safeBox, heightMm }
  return [{ draw: 'fill', box: band, colour }, captionWords(text, box, typeOn(colour))]
}

/** The words have as much air above them as their safe distance gives them below. */
const bandOfCaption = 1.4
