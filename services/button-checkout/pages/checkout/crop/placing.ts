import type { Crop, Design } from '#contracts/design.ts'
import type { Box } from '#contracts/geometry/box.ts'
import type { Component } from '#contracts/geometry/component.ts'
import {
  cropFor,
  dpiOf,
  filledCrop,
  isBetterTurned,
  quarterTurned,
  quarterTurnedBack,
  type Size,
  type Turn,
  turnedSize,
  wholePicture,
} from './crop-maths.ts'

export type Wrap = 'image' | 'mirror' | 'black' | 'white'

/** A picture on its sheet as the visitor looks at it. `isSideways`: the sheet lies on its side; it is printed upright and hung the other way. */
export type Placing = {
  readonly turn: Turn
  readonly isSideways: boolean
  readonly fit: 'fill' | 'fit'
  /** Of the picture as it is turned to the eye. */
  readonly crop: Crop
}

export type Ground = {
  /** Of the picture, upright, in pixels. */
  readonly picture: Size
  readonly sheet: Component
  readonly wrap: Wrap
}

/** The sheet, its boxes and its area as seen. */
export type SeenSheet = { readonly sheet: Size; readonly trim: Box; readonly safe: Box; readonly area: Box }

/** Where the picture goes on the sheet: with a plain or mirrored edge only on the face (processor/plan/sheet.ts). */
function areaOf({ sheet, wrap }: Ground, fit: Placing['fit']): Box {
  if (fit === 'fit') return sheet.safeBox
  return wrap === 'image' ? sheet.bleedBox : sheet.trimBox
}

export function seenSheet(ground: Ground, { fit, isSideways }: Pick<Placing, 'fit' | 'isSideways'>): SeenSheet {
  const { sheetWidthMm, sheetHeightMm, trimBox, safeBox } = ground.sheet
  const area = areaOf(ground, fit)
  const size = { width: sheetWidthMm, height: sheetHeightMm }
  if (!isSideways) return { sheet: size, trim: trimBox, safe: safeBox, area }
  return { sheet: turnedSize(size, 90), trim: lain(trimBox), safe: lain(safeBox), area: lain(area) }
}

/** Sheets lie in the middle of their margins, so a quarter turn swaps the sides and nothing else. */
const lain = ({ xMm, yMm, widthMm, heightMm }: Box): Box => ({
  ...{ xMm: yMm, yMm: xMm },
  ...{ widthMm: heightMm, heightMm: widthMm },
})

export const sizeOf = ({ widthMm, heightMm }: Box): Size => ({ width: widthMm, height: heightMm })

/** What a design says, as it is looked at; without one, what production does by itself. */
export function placingOf(design: Design | undefined, ground: Ground, isSidewaysWanted: boolean | undefined): Placing {
  const { rotate, fit = 'fill', crop = wholePicture } = design ?? {}
  const seen = partOf(turnedSize(ground.picture, rotate ?? 0), crop)
  const isTurnedBySheet = rotate === undefined && isBetterTurned(seen, sizeOf(areaOf(ground, fit)))
  const isTurned = rotate === 90 || rotate === 270
  const isSideways = rotate === undefined ? isTurnedBySheet : (isSidewaysWanted ?? isTurned)
  const turn = rotate === undefined ? 0 : minusQuarter(rotate, isSideways)
  const looked = isSideways && rotate !== undefined ? quarterTurnedBack(crop) : crop
  const frame = sizeOf(seenSheet(ground, { fit, isSideways }).area)
  const shown = fit === 'fit' ? looked : filledCrop(turnedSize(ground.picture, turn), frame, looked)
  return { turn, isSideways, fit, crop: shown }
}

/** What is ordered: everything said, so that production decides nothing by itself. */
export const designOf = ({ turn, isSideways, fit, crop }: Placing): Design => ({
  rotate: plusQuarter(turn, isSideways),
  fit,
  crop: rounded(isSideways ? quarterTurned(crop) : crop),
})

const turns = [0, 90, 180, 270] as const
const turnAt = (quarters: number): Turn => turns[(quarters + 4) % 4] ?? 0
const plusQuarter = (turn: Turn, isSideways: boolean): Turn => turnAt(turn / 90 + (isSideways ? 1 : 0))
const minusQuarter = (turn: Turn, isSideways: boolean): Turn => turnAt(turn / 90 - (isSideways ? 1 : 0))

/** More would be a few blurred pixels. */
export const largestZoom = 4

export const turnedOnce = (turn: Turn): Turn => turnAt(turn / 90 + 1)

const partOf = ({ width, height }: Size, crop: Crop): Size => ({
  width: width * crop.width,
  height: height * crop.height,
})

/** The same placing with the largest crop around a point; of a picture that is seen whole, all of it. */
export function placedAnew(
  ground: Ground,
  placing: Omit<Placing, 'crop'>,
  zoom = 1,
  near?: { x: number; y: number },
): Placing {
  if (placing.fit === 'fit') return { ...placing, crop: wholePicture }
  const frame = sizeOf(seenSheet(ground, placing).area)
  return { ...placing, crop: cropFor(turnedSize(ground.picture, placing.turn), frame, zoom, near) }
}

/** Where the crop lies on the sheet: all of the area, or the largest box of its shape in it. */
export function printedBox(ground: Ground, placing: Placing): Box {
  const { area } = seenSheet(ground, placing)
  if (placing.fit === 'fill') return area
  const part = partOf(turnedSize(ground.picture, placing.turn), placing.crop)
  const scale = Math.min(area.widthMm / part.width, area.heightMm / part.height)
  const [widthMm, heightMm] = [part.width * scale, part.height * scale]
  return {
    ...{ xMm: area.xMm + (area.widthMm - widthMm) / 2, yMm: area.yMm + (area.heightMm - heightMm) / 2 },
    ...{ widthMm, heightMm },
  }
}

/** Pixels an inch at which it is printed. */
export const dpiOfPlacing = (ground: Ground, placing: Placing): number =>
  dpiOf(turnedSize(ground.picture, placing.turn), placing.crop, printedBox(ground, placing).widthMm)

/** Shares to a millionth: no address of a rounding error is longer than the crop itself. */
const rounded = ({ x, y, width, height }: Crop): Crop => {
  const cut = (share: number): number => Math.min(1, Math.max(0, Math.round(share * 1e6) / 1e6))
  return { x: cut(x), y: cut(y), width: cut(width), height: cut(height) }
}
