import { type Static, Type } from 'typebox'
import { families } from '../catalogue/product.ts'
import { Id } from '../ids.ts'
import { PublicationTexts, Theme } from '../order-api/publication.ts'
import { FromPrice } from './prices-document.ts'

const strict = { additionalProperties: false } as const

/** A picture that stands for the publication; the address ends in no format: the edge gives the one that the browser takes. */
export const PublishedThumbnail = Type.Object(
  {
    width_px: Type.Integer({ minimum: 1 }),
    height_px: Type.Integer({ minimum: 1 }),
    colour: Type.String({ pattern: '^#[0-9a-f]{6}$', description: 'of its middle: shown until it is there' }),
    sources: Type.Array(Type.Object({ width_px: Type.Integer({ minimum: 1 }), path: Type.String() }, strict), {
      description: 'the narrowest first',
    }),
  },
  strict,
)
export type PublishedThumbnail = Static<typeof PublishedThumbnail>

/** /public/v1/publications/pub_….json: all that a print button needs, in one small answer. */
export const PublicationDocument = Type.Object(
  {
    object: Type.Literal('publication'),
    id: Id('publication'),
    is_test: Type.Boolean(),
    version: Type.Integer({ minimum: 1 }),
    state: Type.Enum(['open', 'upcoming', 'ended'], { description: 'by its validity: only an open one can be bought' }),
    title: Type.String(),
    texts: Type.Optional(PublicationTexts),
    thumbnail: Type.Optional(PublishedThumbnail),
    thumbnail_failure: Type.Optional(Type.String({ description: 'in previews: why there is no picture' })),
    pages: Type.Optional(Type.Integer({ minimum: 1 })),
    proof: Type.Optional(
      Type.String({ description: 'path of contracts/published/proof-document.ts: what it looks like in print' }),
    ),
    needs_file: Type.Optional(Type.Literal(true, { description: 'the button names the file, in `src`' })),
    file_comes_later: Type.Optional(Type.Literal(true, { description: 'the publisher sends it after the sale' })),
    offers: Type.Array(
      Type.Object(
        {
          sku: Type.String(),
          family: Type.Enum(families),
          title: Type.String(),
          trim_width_mm: Type.Number(),
          trim_height_mm: Type.Number(),
          from: Type.Optional(FromPrice),
        },
        strict,
      ),
      { description: 'without `from` it cannot be bought at the moment' },
    ),
    theme: Type.Optional(Theme),
    valid_from: Type.Optional(Type.String()),
    valid_until: Type.Optional(Type.String()),
  },
  strict,
)
export type PublicationDocument = Static<typeof PublicationDocument>
