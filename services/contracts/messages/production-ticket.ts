import { type Static, Type } from 'typebox'
import { Product } from '../catalogue/product.ts'
import { FacilityId, Id } from '../ids.ts'
import { Recipient } from '../order-api/recipient.ts'
import { Preview, PrintFile } from './process-report.ts'

/**
 * Edge 6, order-api → facility: one item to print. The job id is the name of the claim: however often the ticket
 * arrives, whoever holds the claim prints it, once.
 */
export const ProductionTicket = Type.Object({
  type: Type.Literal('production'),
  ticketId: Id('ticket'),
  jobId: Id('job'),
  orderId: Id('order'),
  itemId: Id('item'),
  facilityId: FacilityId,
  /** Test orders are made by a simulated shop and never printed. */
  isTest: Type.Boolean(),
  issuedAt: Type.String({ format: 'date-time' }),
  reference: Type.Optional(Type.String()),
  title: Type.Optional(Type.String()),
  quantity: Type.Integer({ minimum: 1 }),
  product: Type.Object({
    sku: Type.String(),
    family: Type.String(),
    title: Type.String(),
    binding: Type.Optional(Type.String()),
    trimWidthMm: Type.Number(),
    trimHeightMm: Type.Number(),
    pages: Type.Integer({ minimum: 1, description: 'printed pages, padding included' }),
    paper: Type.Record(Type.String(), Type.String()),
    /** The facility's own papers, by part, where it told them: what the spine was measured by. */
    papers: Product.properties.papers,
  }),
  options: Type.Record(Type.String(), Type.String()),
  /** In the print-files bucket; the client checks size and checksums before it hands anything over. */
  files: Type.Array(PrintFile, { minItems: 1 }),
  /** Picture of its first page, in the same bucket: for lists and job sheets, never for print. */
  preview: Type.Optional(Preview),
  shipTo: Recipient,
  shippingMethod: Type.String(),
  /** When it should have left the shop, to arrive by when it was promised. */
  dueAt: Type.Optional(Type.String({ format: 'date-time' })),
})
export type ProductionTicket = Static<typeof ProductionTicket>
