import type { Box } from '#contracts/geometry/box.ts'
import type { Rgb } from '../../inspect/facts.ts'
import { typeOn } from '../colours.ts'
import type { Drawing } from '../job-plan.ts'
import { type CoverRequest, panelBox } from './cover-request.ts'

/** Type on a spine keeps this far from its edges (PRINT-FACTS §3). */
const spineSafetyMm = 3.2
/** Space for type narrower than this stays empty: 7 pt is the smallest that prints well. */
const leastSpineTypeMm = 2.4
const longest = 400
/** Of the words' box: what the subtitle takes. */
const subtitleShare = 0.3
/** And what stays free above it. */
const airShare = 0.06

export type FrontWords = { readonly title: string | undefined; readonly subtitle: string | undefined }

/** Title and subtitle in a box of the front, one below the other. */
export function frontWords({ title, subtitle }: FrontWords, box: Box, ground: Rgb): Drawing[] {
  const colour = typeOn(ground)
  const below = subtitle ? box.heightMm * (title ? subtitleShare : 1) : 0
  const air = subtitle ? box.heightMm * airShare : 0
  const titleBox = { ...box, yMm: box.yMm + below + air, heightMm: box.heightMm - below - air }
  return [
    ...(title ? [words(title, titleBox, { maximumSizePt: 42, maximumLines: 5, colour })] : []),
    ...(subtitle ? [words(subtitle, { ...box, heightMm: below }, { maximumSizePt: 16, maximumLines: 2, colour })] : []),
  ]
}

type Setting = { readonly maximumSizePt: number; readonly maximumLines: number; readonly colour: Rgb }

const words = (text: string, box: Box, setting: Setting): Drawing => ({
  draw: 'words',
  text: text.slice(0, longest),
  box,
  isTurned: false,
  minimumSizePt: 9,
  ...setting,
})

/** The text of the spine where pages and width allow any: in its middle, from head to foot. */
export function spineWords(request: CoverRequest, ground: Rgb): Drawing[] {
  const text = spineTextOf(request)
  const box = spineRoom(request)
  if (!text || !box) return []
  return [
    {
      draw: 'words',
      text: text.slice(0, longest),
      box,
      isTurned: true,
      maximumSizePt: 22,
      minimumSizePt: 6.5,
      maximumLines: 1,
      colour: typeOn(ground),
    },
  ]
}

export const spineTextOf = ({ design, title }: CoverRequest): string | undefined =>
  design?.spine ?? design?.title ?? title

/** Where the text of the spine may stand, or undefined on a spine that takes none. */
export function spineRoom({ cover, geometry }: CoverRequest): Box | undefined {
  const spine = panelBox(cover, 'spine')
  const widthMm = spine.widthMm - 2 * spineSafetyMm
  if (!geometry.isSpineTextAllowed || widthMm < leastSpineTypeMm) return undefined
  const endMm = Math.max(12, spine.heightMm * 0.08)
  return {
    xMm: spine.xMm + spineSafetyMm,
    yMm: spine.yMm + endMm,
    widthMm,
    heightMm: spine.heightMm - 2 * endMm,
  }
}
