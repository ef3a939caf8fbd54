import { type Static, Type } from 'typebox'
import { Finding } from '../findings.ts'
import { Box } from '../geometry/box.ts'
import { components } from '../geometry/component.ts'
import { Id } from '../ids.ts'

/**
 * What a print file is checked by; `hasASum` asks for one of them at least. A file that the store put together itself, out of a source that
 * nobody read whole, has only the second.
 */
export const printFileSums = {
  sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
  /** CRC-64/NVME in base64, as S3 gives it. */
  crc64nvme: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9+/]{11}=$' })),
}

export const hasASum = { anyOf: [{ required: ['sha256'] }, { required: ['crc64nvme'] }] } as const

/** A finished print file in the print-files bucket. Boxes in millimetres. */
export const PrintFile = Type.Object(
  {
    component: Type.Enum(components),
    key: Type.String(),
    contentType: Type.Literal('application/pdf'),
    sizeBytes: Type.Integer({ minimum: 1 }),
    ...printFileSums,
    pages: Type.Integer({ minimum: 1 }),
    sheetWidthMm: Type.Number(),
    sheetHeightMm: Type.Number(),
    trimBox: Box,
  },
  hasASum,
)
export type PrintFile = Static<typeof PrintFile>

/** A picture of a print file's page, for people. */
export const Preview = Type.Object({
  component: Type.Enum(components),
  page: Type.Integer({ minimum: 1 }),
  key: Type.String(),
  contentType: Type.Union([Type.Literal('image/png'), Type.Literal('image/jpeg'), Type.Literal('image/webp')]),
  widthPx: Type.Integer(),
  heightPx: Type.Integer(),
  /** Only this part of a cover is shown. */
  panel: Type.Optional(Type.String()),
  /** Key of an SVG in millimetres to lay over the picture: trim, bleed, safe area, folds. */
  overlay: Type.Optional(Type.String()),
})
export type Preview = Static<typeof Preview>

/** A sheet with folds, trim and names of its panels drawn in: one picture by itself. */
export const Proof = Type.Object({
  component: Type.Enum(components),
  key: Type.String(),
  contentType: Type.Literal('image/svg+xml'),
})
export type Proof = Static<typeof Proof>

const heading = {
  type: Type.Literal('process_report'),
  ticketId: Id('ticket'),
  orderId: Id('order'),
  itemId: Id('item'),
  at: Type.String({ format: 'date-time' }),
}
/** At most this many findings travel in a report; all of them are in the preflight report at `reportKey`. */
export const findingsInReport = 50
const findings = Type.Array(Finding, { maxItems: findingsInReport })

/** Edge 5, processor → order-api: how the work on one process ticket goes. Late, twice or out of order is normal. */
export const ProcessReport = Type.Union([
  Type.Object({ ...heading, outcome: Type.Literal('started') }),
  /** At most one every few seconds; for people who wait. */
  Type.Object({
    ...heading,
    outcome: Type.Literal('progress'),
    pagesDone: Type.Integer({ minimum: 0 }),
    pagesOfAll: Type.Integer({ minimum: 1 }),
  }),
  Type.Object({
    ...heading,
    outcome: Type.Literal('ready'),
    /** Pages of content in the source, before padding. */
    pages: Type.Integer({ minimum: 1 }),
    findings,
    printFiles: Type.Array(PrintFile, { minItems: 1 }),
    previews: Type.Array(Preview),
    proofs: Type.Optional(Type.Array(Proof)),
    reportKey: Type.String(),
    receiptKey: Type.String(),
  }),
  /** The customer's files can never become this product: findings of severity reject say why. */
  Type.Object({ ...heading, outcome: Type.Literal('rejected'), findings, reportKey: Type.Optional(Type.String()) }),
])
export type ProcessReport = Static<typeof ProcessReport>
