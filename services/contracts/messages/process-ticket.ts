import { type Static, Type } from 'typebox'
import { fileRoles, Product } from '../catalogue/product.ts'
import { Design } from '../design.ts'
import { FacilityId, Id } from '../ids.ts'

/** A customer's file: stored with us under `key`, or to be fetched from `url`. Exactly one of the two is set. */
export const Source = Type.Object({
  role: Type.Enum(fileRoles),
  /** Place in the list of its role, from 0: the order of the pages of a photo book. */
  position: Type.Integer({ minimum: 0 }),
  key: Type.Optional(Type.String({ description: 'object key in the sources bucket' })),
  url: Type.Optional(Type.String({ description: 'https address to fetch from; untrusted' })),
  filename: Type.Optional(Type.String()),
  contentType: Type.Optional(Type.String()),
  sizeBytes: Type.Optional(Type.Integer({ minimum: 0 })),
  sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
})
export type Source = Static<typeof Source>

/**
 * Edge 3, order-api → processor: everything needed to make one item's print files, and nothing else.
 * Delivered at least once; the same ticket twice gives the same files and the same report.
 */
export const ProcessTicket = Type.Object({
  type: Type.Literal('process'),
  ticketId: Id('ticket'),
  orderId: Id('order'),
  itemId: Id('item'),
  issuedAt: Type.String({ format: 'date-time' }),
  /** As the chosen facility makes it: its bleed and its spine are already in here. */
  product: Product,
  facilityId: FacilityId,
  title: Type.Optional(Type.String()),
  options: Type.Record(Type.String(), Type.String()),
  design: Type.Optional(Design),
  sources: Type.Array(Source, { minItems: 1 }),
  /** Where results go in the print-files bucket; ends with a slash and begins with the facility's own prefix. */
  outputPrefix: Type.String({ pattern: '^facilities/fac_[a-z0-9_]+/.+/$' }),
})
export type ProcessTicket = Static<typeof ProcessTicket>
