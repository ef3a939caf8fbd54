import { type Static, Type } from 'typebox'

/** A rectangle on a sheet in millimetres; the origin is the sheet's lower left corner, as in PDF. */
export const Box = Type.Object({
  xMm: Type.Number(),
  yMm: Type.Number(),
  widthMm: Type.Number({ exclusiveMinimum: 0 }),
  heightMm: Type.Number({ exclusiveMinimum: 0 }),
})
export type Box = Static<typeof Box>
