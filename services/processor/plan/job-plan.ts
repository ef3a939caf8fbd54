import { type Static, Type } from 'typebox'
import { Box } from '#contracts/geometry/box.ts'
import { components } from '#contracts/geometry/component.ts'
import { Orientation, RawBox, Rgb } from '../inspect/facts.ts'

/** A flat colour over `box`. */
export const Fill = Type.Object({
  draw: Type.Literal('fill'),
  box: Box,
  colour: Rgb,
  ink: Type.Optional(
    Type.Literal('black', {
      description:
        'black ink alone, as for bars and type: four inks never meet exactly, and a scanner sees their edges',
    }),
  ),
})
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
  /** The picture is converted to the inks of the output intent. */
  toCmyk: Type.Optional(Type.Boolean()),
  /** A PDF page that is painted as a picture of this resolution, because nothing else shows it right. */
  rasterDpi: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
})
export type Place = Static<typeof Place>

/**
 * A PDF page as it is, at its own size: nothing but its boxes change. Boxes in the page's own user space; `media` has the
 * size of the sheet. Always the only drawing of its page.
 */
export const Keep = Type.Object({
  draw: Type.Literal('keep'),
  source: Type.Integer({ minimum: 0 }),
  page: Type.Integer({ minimum: 1 }),
  media: RawBox,
  trim: RawBox,
})
export type Keep = Static<typeof Keep>

/** Words in the middle of `box`, as large as fits between the two sizes; `turned` reads from top to bottom, as on a spine. */
export const Words = Type.Object({
  draw: Type.Literal('words'),
  text: Type.String({ maxLength: 400 }),
  box: Box,
  isTurned: Type.Boolean(),
  maximumSizePt: Type.Number(),
  minimumSizePt: Type.Number(),
  maximumLines: Type.Integer({ minimum: 1 }),
  colour: Rgb,
  align: Type.Optional(Type.Enum(['left', 'centre'], { default: 'centre' })),
})
export type Words = Static<typeof Words>

export const Drawing = Type.Union([Fill, Place, Keep, Words])
export type Drawing = Static<typeof Drawing>

export const ComponentPlan = Type.Object({
  component: Type.Enum(components),
  title: Type.String(),
  sheetWidthMm: Type.Number(),
  sheetHeightMm: Type.Number(),
  trimBox: Box,
  safeBox: Type.Optional(Box),
  panels: Type.Optional(Type.Array(Type.Object({ name: Type.String(), box: Box }))),
  /** The condition that the inks are meant for: names a profile of ours, see services/processor/colour. */
  outputIntent: Type.Optional(Type.Enum(['FOGRA39', 'GRACoL2006'])),
  /** The source whose bytes the file begins with; what changes is appended. Absent: the file is written anew. */
  base: Type.Optional(Type.Integer({ minimum: 0 })),
  /** One list of drawings a page, painted in order; an empty list is a blank page. */
  pages: Type.Array(Type.Array(Drawing), { minItems: 1 }),
  /** Does the first page carry anything that must be seen in the print file? */
  isFirstPageInked: Type.Boolean(),
})
export type ComponentPlan = Static<typeof ComponentPlan>

/** Everything that produce needs: a display list a page, in millimetres, origin at the sheet's lower left. */
export const JobPlan = Type.Object({ components: Type.Array(ComponentPlan, { minItems: 1 }) })
export type JobPlan = Static<typeof JobPlan>
