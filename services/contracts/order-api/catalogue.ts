import { Type } from 'typebox'
import { families, fileRoles } from '../catalogue/product.ts'
import { components } from '../geometry/component.ts'

const strict = { additionalProperties: false } as const

const Pages = Type.Object({ minimum: Type.Integer(), maximum: Type.Integer(), multiple: Type.Integer() }, strict)

/** A product as the public catalogue shows it; lengths in millimetres. */
export const CatalogueProduct = Type.Object(
  {
    sku: Type.String(),
    object: Type.Literal('product'),
    family: Type.Enum(families),
    title: Type.String(),
    description: Type.String(),
    binding: Type.Optional(Type.String()),
    trim_width_mm: Type.Number(),
    trim_height_mm: Type.Number(),
    bleed_mm: Type.Number(),
    safety_mm: Type.Number(),
    pages: Pages,
    file_sets: Type.Array(Type.Array(Type.Enum(fileRoles))),
    options: Type.Record(
      Type.String(),
      Type.Object({ values: Type.Array(Type.String()), default: Type.String() }, strict),
    ),
    paper: Type.Record(Type.String(), Type.String()),
    colour: Type.Optional(
      Type.Object(
        { pictures: Type.String(), output_intent: Type.String() },
        { ...strict, description: 'how colours reach the press' },
      ),
    ),
    resolution: Type.Object(
      { reject_below_dpi: Type.Number(), minimum_dpi: Type.Number(), good_dpi: Type.Number() },
      strict,
    ),
  },
  strict,
)
export const Catalogue = Type.Object({ data: Type.Array(CatalogueProduct) }, strict)

/** A rectangle on a sheet. */
export const Box = Type.Object(
  { x_mm: Type.Number(), y_mm: Type.Number(), width_mm: Type.Number(), height_mm: Type.Number() },
  { ...strict, description: 'origin: lower left corner of the sheet' },
)
const Pixels = Type.Object({ width: Type.Integer(), height: Type.Integer() }, strict)

/** GET /v1/catalogue/:sku/geometry: what to draw, to the hundredth of a millimetre. */
export const CatalogueGeometry = Type.Object(
  {
    sku: Type.String(),
    object: Type.Literal('geometry'),
    facility_id: Type.Optional(Type.String()),
    pages: Type.Integer(),
    printed_pages: Type.Integer(),
    blank_pages: Type.Integer(),
    trim_width_mm: Type.Number(),
    trim_height_mm: Type.Number(),
    bleed_mm: Type.Number(),
    safety_mm: Type.Number(),
    gutter_mm: Type.Number(),
    spine: Type.Optional(
      Type.Object(
        {
          width_mm: Type.Number(),
          formula: Type.String(),
          inputs: Type.Record(Type.String(), Type.Number()),
          is_text_allowed: Type.Boolean(),
        },
        strict,
      ),
    ),
    components: Type.Array(
      Type.Object(
        {
          component: Type.Enum(components),
          pages: Type.Integer(),
          sheet_width_mm: Type.Number(),
          sheet_height_mm: Type.Number(),
          sheet_width_pt: Type.Number(),
          sheet_height_pt: Type.Number(),
          media_box: Box,
          bleed_box: Box,
          trim_box: Box,
          safe_box: Box,
          panels: Type.Array(Type.Object({ name: Type.String(), box: Box }, strict)),
          folds_mm: Type.Array(Type.Number(), { description: 'upright folds, from the left edge of the sheet' }),
          minimum_pixels: Pixels,
          good_pixels: Pixels,
        },
        strict,
      ),
    ),
  },
  strict,
)
