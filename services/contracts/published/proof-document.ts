import { type Static, Type } from 'typebox'
import { fileRoles } from '../catalogue/product.ts'
import { ShownFinding } from '../order-api/finding.ts'
import { PublishedThumbnail } from './publication-document.ts'

const strict = { additionalProperties: false } as const
const pixels = Type.Integer({ minimum: 1 })

/** A page of the content, and pictures of it (`PublishedThumbnail`: widths, formats chosen at the edge). */
export const ProofPage = Type.Object(
  {
    page: Type.Integer({ minimum: 1, description: 'of the file, from 1; of an archive, its picture' }),
    picture: PublishedThumbnail,
  },
  strict,
)
export type ProofPage = Static<typeof ProofPage>

export const mostFindingsOfFit = 30

/** What the file would become as one product that is offered, by the checks of production. */
export const ProofFit = Type.Object(
  {
    offer: Type.Integer({ minimum: 0, description: 'place in `offers` of the publication' }),
    sku: Type.String(),
    role: Type.Optional(Type.Enum(fileRoles, { description: 'that the file has in an order of it' })),
    outcome: Type.Enum(['ready', 'rejected']),
    pages: Type.Optional(Type.Integer({ minimum: 1, description: 'of content, as it is charged' })),
    printed_pages: Type.Optional(Type.Integer({ minimum: 1, description: 'with blank ones at the end' })),
    findings: Type.Array(ShownFinding, {
      ...{ maxItems: mostFindingsOfFit },
      description: 'the gravest first; of many offers fewer each, so that all of them together stay a small answer',
    }),
  },
  strict,
)
export type ProofFit = Static<typeof ProofFit>

/** What a publication's file looks like in print. Made once for each content, so that the checkout asks nobody. */
export const ProofDocument = Type.Object(
  {
    object: Type.Literal('proof'),
    kind: Type.Enum(['document', 'picture'], { description: 'pages, those of an archive included, or one picture' }),
    pages: Type.Optional(Type.Integer({ minimum: 1, description: 'of the file' })),
    page_width_mm: Type.Optional(Type.Number({ description: 'of the first page of a document' })),
    page_height_mm: Type.Optional(Type.Number()),
    width_px: Type.Optional({ ...pixels, description: 'of a picture, as it is seen' }),
    height_px: Type.Optional(pixels),
    shown: Type.Array(ProofPage, { description: 'the first pages and the last one; of a picture itself' }),
    fits: Type.Array(ProofFit),
  },
  strict,
)
export type ProofDocument = Static<typeof ProofDocument>
