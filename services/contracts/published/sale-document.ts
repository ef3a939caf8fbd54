import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { Currency } from '../money.ts'
import { PublicationContent, PublicationOffer } from '../order-api/publication-fields.ts'
import { RoutingPolicy } from '../order-api/routing.ts'

const strict = { additionalProperties: false } as const

/**
 * /public/v1/sales/pub_…-<seal>.json: what the checkout needs of a published publication and no page may see. Its address is a secret of the
 * platform (the seal is signed with a master key), so that it is read like every other document: also when the API and its database are down.
 */
export const SaleDocument = Type.Object(
  {
    object: Type.Literal('sale'),
    publication_id: Id('publication'),
    account_id: Id('account'),
    is_test: Type.Boolean(),
    version: Type.Integer({ minimum: 1 }),
    seller: Type.String({ description: 'name of the publisher’s account, as visitors may see it' }),
    title: Type.String(),
    /** Of an uploaded file only that it is one: the order names the publication, and order-api knows its file. */
    content: PublicationContent,
    offers: Type.Array(PublicationOffer),
    currency: Currency,
    country: Type.Optional(Type.String()),
    routing: Type.Optional(RoutingPolicy),
    reference: Type.Optional(Type.String()),
    valid_from: Type.Optional(Type.String()),
    valid_until: Type.Optional(Type.String()),
  },
  strict,
)
export type SaleDocument = Static<typeof SaleDocument>
