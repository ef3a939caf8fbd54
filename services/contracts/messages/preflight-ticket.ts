import { type Static, Type } from 'typebox'
import { fileRoles, Product } from '../catalogue/product.ts'
import { Design } from '../design.ts'
import { Id } from '../ids.ts'
import { Source } from './process-ticket.ts'

/**
 * Edge 3 as well, order-api → processor: what would these files become, and as which products? Nothing is made but pictures of
 * pages. Delivered at least once; the same ticket twice gives the same answer.
 */
export const PreflightTicket = Type.Object({
  type: Type.Literal('preflight'),
  ticketId: Id('ticket'),
  preflightId: Id('preflight'),
  accountId: Id('account'),
  isTest: Type.Boolean(),
  issuedAt: Type.String({ format: 'date-time' }),
  /** As the facility makes it that an order would go to; absent where only the fit of the files is asked for. */
  product: Type.Optional(Product),
  title: Type.Optional(Type.String()),
  options: Type.Record(Type.String(), Type.String()),
  design: Type.Optional(Design),
  sources: Type.Array(Source, { minItems: 1 }),
  /** Products of the catalogue to try; a lone file may have another role there. */
  tries: Type.Array(Type.Object({ sku: Type.String(), role: Type.Optional(Type.Enum(fileRoles)) })),
  /** Where report and pictures go in the print-files bucket; ends with a slash. All under `preflights/` expires. */
  outputPrefix: Type.String({ pattern: '^preflights/acc_[a-z0-9]+/pfl_[a-z0-9]+/$' }),
})
export type PreflightTicket = Static<typeof PreflightTicket>
