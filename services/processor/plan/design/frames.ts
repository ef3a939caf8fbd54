import type { Box } from '#contracts/geometry/box.ts'
import { inset } from '#contracts/geometry/lengths.ts'
import type { BookPage } from '../binding.ts'
import { besideGutter } from '../pdf-size.ts'
import { fillingPart, type Size, sizeOf } from '../placement.ts'

const borderOfShorterSide = 0.06
const gapOfBorder = 0.5
const captionOfHeight = 0.07
const captionMm = { least: 8, most: 20 } as const

/** Inside the white border: even on three sides, wider at the fold by the gutter, never outside the safe area. */
export function borderFrame({ trimBox, safeBox, gutter }: BookPage): Box {
  const borderMm = Math.min(trimBox.widthMm, trimBox.heightMm) * borderOfShorterSide
  return common(besideGutter(inset(trimBox, borderMm), gutter), safeBox)
}

function common(one: Box, other: Box): Box {
  const xMm = Math.max(one.xMm, other.xMm)
  const yMm = Math.max(one.yMm, other.yMm)
  return {
    xMm,
    yMm,
    widthMm: Math.min(one.xMm + one.widthMm, other.xMm + other.widthMm) - xMm,
    heightMm: Math.min(one.yMm + one.heightMm, other.yMm + other.heightMm) - yMm,
  }
}

/** The foot of a frame for its caption, and what remains above it. */
export function splitForCaption(frame: Box): { readonly picture: Box; readonly caption: Box } {
  const heightMm = captionHeightMm(frame)
  const gapMm = heightMm / 4
  return {
    caption: { ...frame, heightMm },
    picture: { ...frame, yMm: frame.yMm + heightMm + gapMm, heightMm: frame.heightMm - heightMm - gapMm },
  }
}

export const captionHeightMm = ({ heightMm }: Box): number =>
  Math.min(captionMm.most, Math.max(captionMm.least, heightMm * captionOfHeight))

type Two = readonly [Box, Box]

/** Two frames in one, above each other or side by side: whichever cuts less off these pictures. */
export function twoFrames(frame: Box, pictures: readonly [Size, Size]): Two {
  const gapMm = Math.min(frame.widthMm, frame.heightMm) * borderOfShorterSide * gapOfBorder
  const stacked = above(frame, gapMm)
  const paired = beside(frame, gapMm)
  return lossOf(paired, pictures) < lossOf(stacked, pictures) - 1e-9 ? paired : stacked
}

function above(frame: Box, gapMm: number): Two {
  const heightMm = (frame.heightMm - gapMm) / 2
  return [
    { ...frame, yMm: frame.yMm + heightMm + gapMm, heightMm },
    { ...frame, heightMm },
  ]
}

function beside(frame: Box, gapMm: number): Two {
  const widthMm = (frame.widthMm - gapMm) / 2
  return [
    { ...frame, widthMm },
    { ...frame, xMm: frame.xMm + widthMm + gapMm, widthMm },
  ]
}

function lossOf([first, second]: Two, [one, other]: readonly [Size, Size]): number {
  const lost = (picture: Size, frame: Box): number => {
    const { width, height } = fillingPart(picture, sizeOf(frame))
    return 1 - width * height
  }
  return lost(one, first) + lost(other, second)
}
