import { type Static, Type } from 'typebox'
import { Box } from '#contracts/geometry/box.ts'
import { components } from '#contracts/geometry/component.ts'
import { Orientation, RawBox, Rgb } from '../inspect/facts.ts'

/** A flat colour over `box`. */
export const Fill = Type.Object({ draw: Type.Literal('fill'), box: Box, colour: Rgb })
export type Fill = Static<typeof Fill>

/**
 * A part of a source, turned upright and stretched onto `to`. What `within` holds beyond `to` is filled with the
 * picture's own edges, mirrored outwards; where both are the same, nothing is.
 */
export const Place = Type.Object({
  draw: Type.Literal('place'),
  source: Type.Integer({ minimum: 0, description: 'index into the sources of the ticket' }),
  page: Type.Integer({ minimum: 1 }),
  region: RawBox,
  orientation: Orientation,
  to: Box,
  within: Box,
  /** Stored size of an image: the unit of its region. Absent for PDF pages. */
  pixels: Type.Optional(Type.Object({ widthPx: Type.Integer(), heightPx: Type.Integer() })),
  /** The image's own bytes may go into the print file as they are. */
  isPassable: Type.Optional(Type.Boolean()),
  /** Stored pixels to reduce the whole image to; absent where it stays as it is. */
  reduceTo: Type.Optional(Type.Object({ widthPx: Type.Integer(), heightPx: Type.Integer() })),
})
export type Place = Static<typeof Place>

/** Words centred in `box`, as large as fits between the two sizes; `turned` reads from top to bottom, as on a spine. */
export const Words = Type.Object({
  draw: Type.Literal('words'),
  text: Type.String({ maxLength: 400 }),
  box: Box,
  isTurned: Type.Boolean(),
  maximumSizePt: Type.Number(),
  minimumSizePt: Type.Number(),
  maximumLines: Type.Integer({ minimum: 1 }),
  colour: Rgb,
})
export type Words = Static<typeof Words>

export const Drawing = Type.Union([Fill, Place, Words])
export type Drawing = Static<typeof Drawing>

export const ComponentPlan = Type.Object({
  component: Type.Enum(components),
  title: Type.String(),
  sheetWidthMm: Type.Number(),
  sheetHeightMm: Type.Number(),
  trimBox: Box,
  /** One list of drawings a page, painted in order; an empty list is a blank page. */
  pages: Type.Array(Type.Array(Drawing), { minItems: 1 }),
  /** Does the first page carry anything that must be seen in the print file? */
  isFirstPageInked: Type.Boolean(),
})
export type ComponentPlan = Static<typeof ComponentPlan>

/** Everything that produce needs: a display list a page, in millimetres, origin at the sheet's lower left. */
export const JobPlan = Type.Object({ components: Type.Array(ComponentPlan, { minItems: 1 }) })
export type JobPlan = Static<typeof JobPlan>
