import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { mostOffers } from '../order-api/publication-fields.ts'
import { Source } from './process-ticket.ts'

/** Widths of the pictures of pages, in pixels; never wider than they are worth drawing. */
export const pageWidthsPx = [320, 960] as const
/** Of a picture, which visitors turn and cut. */
export const pictureWidthsPx = [640, 1600] as const

/** So many of the first pages are shown, and the last one. */
export const firstPagesShown = 12

/**
 * Edge 3 as well, order-api → processor: what would the file of a publication look like in print, as each product that it is offered as?
 * Nothing is made but pictures of its pages. Delivered at least once; the same ticket twice gives the same answer.
 */
export const ProofTicket = Type.Object({
  type: Type.Literal('proof'),
  ticketId: Id('ticket'),
  publicationId: Id('publication'),
  accountId: Id('account'),
  isTest: Type.Boolean(),
  issuedAt: Type.String({ format: 'date-time' }),
  /** As covers that we make would show it. */
  title: Type.Optional(Type.String()),
  source: Source,
  /** In the order of the publication: products of the catalogue, with the options that were chosen. */
  offers: Type.Array(Type.Object({ sku: Type.String(), options: Type.Record(Type.String(), Type.String()) }), {
    maxItems: mostOffers,
  }),
})
export type ProofTicket = Static<typeof ProofTicket>
