import { type Static, Type } from 'typebox'
import { fileRoles } from '../catalogue/product.ts'
import { findingCodes } from '../finding-codes.ts'
import { Finding } from '../findings.ts'
import { Id } from '../ids.ts'
import { preflightFailures, preflightSteps } from '../order-api/preflight.ts'
import { findingsInReport } from './process-report.ts'

const codes = [...findingCodes.reject, ...findingCodes.warn, ...findingCodes.fixed] as const
const count = Type.Optional(Type.Integer({ minimum: 1 }))
const heading = {
  type: Type.Literal('preflight_result'),
  ticketId: Id('ticket'),
  preflightId: Id('preflight'),
  accountId: Id('account'),
  isTest: Type.Boolean(),
  at: Type.String({ format: 'date-time' }),
}

/** A document or picture that was looked into; lengths as it is seen. */
const CheckedFile = Type.Object({
  file: Type.String(),
  format: Type.String(),
  pages: Type.Optional(Type.Integer({ minimum: 0 })),
  pageWidthMm: Type.Optional(Type.Number()),
  pageHeightMm: Type.Optional(Type.Number()),
  widthPx: Type.Optional(Type.Integer()),
  heightPx: Type.Optional(Type.Integer()),
})

/** What would become of the files as one product; without a gravest finding there is none. */
const ProductFit = Type.Object({
  sku: Type.String(),
  gravest: Type.Optional(Type.Enum(['fixed', 'warn', 'reject'])),
  codes: Type.Array(Type.Enum(codes)),
  roles: Type.Array(Type.Enum(fileRoles)),
  pages: count,
  printedPages: count,
})
export type ProductFit = Static<typeof ProductFit>

/** A picture of a page of a source, in the print-files bucket. */
const PagePicture = Type.Object({
  file: Type.String(),
  page: Type.Integer({ minimum: 1 }),
  key: Type.String(),
  widthPx: Type.Integer(),
  heightPx: Type.Integer(),
})

export const PreflightAnswer = Type.Object({
  /** Of the ticket's product. */
  outcome: Type.Optional(Type.Enum(['ready', 'rejected'])),
  pages: count,
  printedPages: count,
  findings: Type.Array(Finding, { maxItems: findingsInReport }),
  files: Type.Array(CheckedFile),
  products: Type.Array(ProductFit),
  previews: Type.Array(PagePicture),
  reportKey: Type.Optional(Type.String()),
})
export type PreflightAnswer = Static<typeof PreflightAnswer>

/** Edge 5 as well, processor → order-api: how the work on a preflight ticket goes. Late, twice or out of order is normal. */
export const PreflightResult = Type.Union([
  /** Only of work that takes longer than a moment. */
  Type.Object({ ...heading, outcome: Type.Literal('progress'), step: Type.Enum(preflightSteps) }),
  Type.Object({ ...heading, outcome: Type.Literal('completed'), answer: PreflightAnswer }),
  /** A fault of ours that stays: nothing is said about the files. */
  Type.Object({ ...heading, outcome: Type.Literal('failed'), failure: Type.Enum(preflightFailures) }),
])
export type PreflightResult = Static<typeof PreflightResult>
