import { type Static, Type } from 'typebox'
import { components } from '#contracts/geometry/component.ts'
import { Preview } from '#contracts/messages/process-report.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'

/** What stays of a ticket for as long as the job is remembered, for people to see: nothing that names a person. */
export const JobSummary = Type.Object({
  sku: Type.String(),
  product: Type.String(),
  title: Type.Optional(Type.String()),
  reference: Type.Optional(Type.String()),
  quantity: Type.Integer(),
  /** Where it goes, ISO 3166-1 alpha-2: all that is kept of the address once the job is handed over. */
  country: Type.String(),
  shippingMethod: Type.String(),
  isTest: Type.Boolean(),
  issuedAt: Type.String(),
  /** When it should leave the shop, where the ticket says so. */
  dueAt: Type.Optional(Type.String()),
  components: Type.Array(Type.Enum(components)),
  preview: Type.Optional(Preview),
})
export type JobSummary = Static<typeof JobSummary>

/** Pure. */
export function summaryOf(ticket: ProductionTicket): JobSummary {
  const { title, reference, preview, product, quantity, shippingMethod, isTest, issuedAt, dueAt } = ticket
  return {
    sku: product.sku,
    product: product.title,
    ...(title === undefined ? {} : { title }),
    ...(reference === undefined ? {} : { reference }),
    quantity,
    country: ticket.shipTo.address.country,
    shippingMethod,
    isTest,
    issuedAt,
    ...(dueAt === undefined ? {} : { dueAt }),
    components: ticket.files.map(({ component }) => component),
    ...(preview === undefined ? {} : { preview }),
  }
}
