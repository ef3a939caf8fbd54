import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { Currency } from '../money.ts'
import { Metadata } from './metadata.ts'

const strict = { additionalProperties: false } as const

export const mostOffers = 20
export const mostLanguages = 20

/** Words of a publication, by BCP 47 language: de, en-GB, zh-Hant. */
export const PublicationTexts = Type.Record(
  Type.String({ pattern: '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$' }),
  Type.Object(
    {
      title: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      description: Type.Optional(Type.String({ maxLength: 2000 })),
      button: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: 'on the button: “Print this”' })),
    },
    { ...strict, minProperties: 1 },
  ),
  {
    ...{ maxProperties: mostLanguages, additionalProperties: false },
    description: 'language → words; BCP 47, such as de or en-GB',
  },
)
export type PublicationTexts = Static<typeof PublicationTexts>

/** How the button looks on the page. */
export const Theme = Type.Object(
  {
    style: Type.Optional(Type.Enum(['solid', 'outline', 'text'])),
    accent: Type.Optional(Type.String({ pattern: '^#[0-9a-f]{6}$', description: 'six hex digits in lower case' })),
    radius_px: Type.Optional(Type.Integer({ minimum: 0, maximum: 32 })),
    size: Type.Optional(Type.Enum(['small', 'medium', 'large'])),
    shows_price: Type.Optional(Type.Boolean()),
    shows_thumbnail: Type.Optional(Type.Boolean()),
  },
  strict,
)
export type Theme = Static<typeof Theme>

const pages = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 2000, description: 'pages of content, as far as they are known: for the price' }),
)
const Url = Type.String({ pattern: '^https?://', maxLength: 2000, description: 'a public https address' })

/** What is printed: an uploaded file, a file somewhere, one that the page names, or one that comes after the sale. */
export const PublicationContent = Type.Union(
  [
    Type.Object({ kind: Type.Literal('file'), file: Id('file'), pages }, strict),
    Type.Object({ kind: Type.Literal('url'), url: Url, pages }, strict),
    Type.Object(
      {
        kind: Type.Literal('page'),
        origins: Type.Array(
          Type.String({
            pattern: '^https?://[a-z0-9.-]+(:[0-9]{1,5})?$',
            maxLength: 200,
            description: 'of one public host, with https, such as https://example.com',
          }),
          { minItems: 1, maxItems: 20, description: 'where the files may lie that buttons name in `src`' },
        ),
        pages,
      },
      strict,
    ),
    Type.Object({ kind: Type.Literal('asynchronous'), pages }, strict),
  ],
  {
    description:
      'kind: file (uploaded), url (fetched when somebody orders), page (each button names its own), asynchronous (you send it after the sale)',
  },
)
export type PublicationContent = Static<typeof PublicationContent>

const part = (description: string) => Type.Number({ minimum: 0, maximum: 1, description })

/** What is done to a picture before it becomes a thumbnail: turned first, then cut. */
export const PictureEdit = Type.Object(
  {
    rotate: Type.Optional(
      Type.Enum([0, 90, 180, 270], { description: 'degrees clockwise, after its own orientation' }),
    ),
    crop: Type.Optional(
      Type.Object(
        {
          x: part('left edge, as a part of the width'),
          y: part('upper edge, as a part of the height'),
          width: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
          height: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
        },
        { ...strict, description: 'what stays, as parts of the turned picture' },
      ),
    ),
  },
  strict,
)
export type PictureEdit = Static<typeof PictureEdit>

/** The picture that stands for it. Without `file` and `url`: page 1 of the content. */
export const ThumbnailRequest = Type.Object(
  { file: Type.Optional(Id('file')), url: Type.Optional(Url), edit: Type.Optional(PictureEdit) },
  strict,
)
export type ThumbnailRequest = Static<typeof ThumbnailRequest>

/** What the publisher adds to the price of one copy. */
export const Margin = Type.Union(
  [
    Type.Object({ percent: Type.Number({ minimum: 0, maximum: 1000, multipleOf: 0.01 }) }, strict),
    Type.Object({ amount: Type.Integer({ minimum: 0, maximum: 100_000_000, description: 'in minor units' }) }, strict),
  ],
  { description: 'either percent of the price of a copy, or an amount in minor units' },
)
export type Margin = Static<typeof Margin>

export const PublicationOffer = Type.Object(
  {
    sku: Type.String({ minLength: 1, maxLength: 64 }),
    options: Type.Optional(
      Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 40 }), { maxProperties: 20 }),
    ),
    margin: Type.Optional(Margin),
  },
  strict,
)
export type PublicationOffer = Static<typeof PublicationOffer>

const Moment = Type.String({
  format: 'date-time',
  description: 'a moment in ISO 8601 with an offset or Z, such as 2026-12-01T00:00:00Z',
})

/** What every publication has. */
export const requiredFields = {
  title: Type.String({ minLength: 1, maxLength: 200 }),
  content: PublicationContent,
  offers: Type.Array(PublicationOffer, {
    minItems: 1,
    maxItems: mostOffers,
    description: 'products, the first one first',
  }),
  currency: Currency,
}
/** What it may have. */
export const optionalFields = {
  texts: PublicationTexts,
  thumbnail: ThumbnailRequest,
  country: Type.String({
    pattern: '^[A-Z]{2}$',
    description: 'a country in two capital letters, such as NL: prices are shown with its tax',
  }),
  theme: Theme,
  valid_from: Moment,
  valid_until: Moment,
  reference: Type.String({ minLength: 1, maxLength: 100, description: 'yours; need not be unique' }),
  metadata: Metadata,
}
const optional = Type.Partial(Type.Object(optionalFields)).properties

/** All that a publisher decides; what a version holds. */
export const PublicationFields = Type.Object({ ...requiredFields, ...optional }, strict)
export type PublicationFields = Static<typeof PublicationFields>
