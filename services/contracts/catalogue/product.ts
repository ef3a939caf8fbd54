import { type Static, Type } from 'typebox'
import { SpineRule } from '../geometry/spine.ts'
import { Paper } from '../paper.ts'

export const families = [
  'softcover_book',
  'hardcover_book',
  'magazine',
  'photo_book',
  'layflat',
  'canvas',
  'poster',
  'card',
  'calendar',
] as const

/** What a customer may send for a product: one file a role, or a list of images. */
export const fileRoles = ['interior', 'cover', 'image', 'images'] as const
export type FileRole = (typeof fileRoles)[number]

const Cover = Type.Union([
  Type.Object({ kind: Type.Literal('wraparound') }, { description: 'back, spine, front on one sheet, bleed around' }),
  Type.Object(
    {
      kind: Type.Literal('casewrap'),
      wrapMm: Type.Number({ description: 'turned in behind the board' }),
      edgeMm: Type.Number({ description: 'thickness of the board' }),
      jointMm: Type.Number({ description: 'hinge between board and spine' }),
      boardWidthDeltaMm: Type.Number({ description: 'board width minus trim width' }),
      boardHeightDeltaMm: Type.Number({ description: 'board height minus trim height' }),
      safetyMm: Type.Optional(
        Type.Number({ minimum: 0, description: 'of the cover, where it differs from the block’s' }),
      ),
    },
    { description: 'printed sheet glued around boards' },
  ),
  Type.Object(
    {
      kind: Type.Literal('casewrap_margin'),
      beyondTrimMm: Type.Number({ description: 'wrap and bleed past the trim' }),
      safetyMm: Type.Optional(
        Type.Number({ minimum: 0, description: 'of the cover, where it differs from the block’s' }),
      ),
    },
    { description: 'casewrap as US shops measure it: trim + spine + a margin all around' },
  ),
  Type.Object({ kind: Type.Literal('self') }, { description: 'the first and last leaf of the interior are the cover' }),
])

/** How the object is built; decides which print files it needs. */
export const Construction = Type.Union([
  Type.Object({
    kind: Type.Literal('book'),
    binding: Type.Enum(['perfect', 'casewrap', 'saddle_stitch', 'layflat', 'wire_o']),
    pages: Type.Object({
      minimum: Type.Integer({ minimum: 1 }),
      maximum: Type.Integer({ minimum: 1 }),
      multiple: Type.Integer({ minimum: 1, description: 'blank pages are added at the end up to this' }),
    }),
    spine: Type.Optional(SpineRule),
    cover: Cover,
    hasGutter: Type.Optional(
      Type.Boolean({ description: 'text keeps off the fold, as in every glued block; by the page count' }),
    ),
    headFreeMm: Type.Optional(
      Type.Number({ minimum: 0, description: 'kept free at the top, where a wall calendar is punched for its wire' }),
    ),
  }),
  Type.Object({
    kind: Type.Literal('canvas'),
    wrapMm: Type.Number({ description: 'image beyond the face on every side: bar depth and turn-over' }),
    barDepthMm: Type.Number(),
  }),
  Type.Object(
    { kind: Type.Literal('flat'), sides: Type.Optional(Type.Integer({ minimum: 1, maximum: 2, default: 1 })) },
    { description: 'one sheet; `sides` is the most that can be printed' },
  ),
  Type.Object(
    { kind: Type.Literal('folded') },
    { description: 'a card of four pages: one sheet of twice the width, outside (4 and 1) and inside (2 and 3)' },
  ),
])
export type Construction = Static<typeof Construction>

export const Colour = Type.Object({
  pictures: Type.Enum(['keep', 'cmyk'], { description: 'cmyk: pictures are converted to the intent’s inks' }),
  outputIntent: Type.Enum(['FOGRA39', 'GRACoL2006']),
})
export type Colour = Static<typeof Colour>

/** One thing that can be ordered, self-contained: a ticket carries it whole, as the chosen facility makes it. */
export const Product = Type.Object({
  sku: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 }),
  family: Type.Enum(families),
  title: Type.String(),
  description: Type.String(),
  trimWidthMm: Type.Number({ exclusiveMinimum: 0 }),
  trimHeightMm: Type.Number({ exclusiveMinimum: 0 }),
  bleedMm: Type.Number({ minimum: 0, description: 'printed beyond the trim and cut off' }),
  safetyMm: Type.Number({ minimum: 0, description: 'keep text this far inside the trim' }),
  construction: Construction,
  resolution: Type.Object({
    rejectBelowDpi: Type.Number(),
    minimumDpi: Type.Number({ description: 'below it the print looks soft: a warning' }),
    goodDpi: Type.Number({ description: 'above it nothing is gained' }),
  }),
  /** Which roles an order may fill: each set is one way to order it, e.g. ["interior"] or ["interior", "cover"]. */
  fileSets: Type.Array(Type.Array(Type.Enum(fileRoles))),
  options: Type.Record(
    Type.String(),
    Type.Object({ values: Type.Array(Type.String(), { minItems: 1 }), default: Type.String() }),
  ),
  /** How colours reach the press. Absent: kept as they are, for coated paper in Europe. */
  colour: Type.Optional(Colour),
  paper: Type.Object({
    interior: Type.Optional(Type.String()),
    cover: Type.Optional(Type.String()),
    sheet: Type.Optional(Type.String()),
  }),
  /** The facility's own papers, by part, where it told them: what its spine is measured by. Never in the catalogue. */
  papers: Type.Optional(
    Type.Object({ interior: Type.Optional(Paper), cover: Type.Optional(Paper), sheet: Type.Optional(Paper) }),
  ),
})
export type Product = Static<typeof Product>
export type Family = Product['family']
