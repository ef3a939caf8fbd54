import { type Static, Type } from 'typebox'

/** A rectangle on a sheet in millimetres; the origin is the sheet's lower left corner, as in PDF. */
export const Box = Type.Object({
  xMm: Type.Number(),
  yMm: Type.Number(),
  widthMm: Type.Number({ exclusiveMinimum: 0 }),
  heightMm: Type.Number({ exclusiveMinimum: 0 }),
})
export type Box = Static<typeof Box>

/** The box made smaller by `byMm` on every side. */
export function inset(box: Box, byMm: number): Box {
  return {
    xMm: box.xMm + byMm,
    yMm: box.yMm + byMm,
    widthMm: box.widthMm - 2 * byMm,
    heightMm: box.heightMm - 2 * byMm,
  }
}

export const millimetresPerInch = 25.4

/** Millimetres to PDF points (1/72 inch). */
export const pointsOf = (millimetres: number): number => (millimetres / millimetresPerInch) * 72
