import { type Static, Type } from 'typebox'
import { families } from '../catalogue/product.ts'

const strict = { additionalProperties: false } as const

/** /public/v1/catalogue.json: everything that can be made, in short. */
export const CatalogueDocument = Type.Object(
  {
    object: Type.Literal('catalogue'),
    data: Type.Array(
      Type.Object(
        {
          sku: Type.String(),
          family: Type.Enum(families),
          title: Type.String(),
          trim_width_mm: Type.Number(),
          trim_height_mm: Type.Number(),
          document: Type.String({ description: 'path of all there is to know of it; it never changes' }),
        },
        strict,
      ),
    ),
  },
  strict,
)
export type CatalogueDocument = Static<typeof CatalogueDocument>
