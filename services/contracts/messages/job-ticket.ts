import { type Static, Type } from 'typebox'
import { Box } from '../geometry/box.ts'
import { components } from '../geometry/component.ts'
import { FacilityId, Id } from '../ids.ts'
import { Recipient } from '../order-api/recipient.ts'
import { hasASum, printFileSums } from './process-report.ts'
import { ProductionTicket } from './production-ticket.ts'

/** One print file as the shop finds it: `file` is a name inside the job's own folder. Boxes in millimetres. */
const JobFile = Type.Object(
  {
    component: Type.Enum(components),
    file: Type.String({ pattern: '^[a-z]+\\.pdf$' }),
    contentType: Type.Literal('application/pdf'),
    sizeBytes: Type.Integer({ minimum: 1 }),
    ...printFileSums,
    pages: Type.Integer({ minimum: 1 }),
    sheetWidthMm: Type.Number(),
    sheetHeightMm: Type.Number(),
    trimBox: Box,
    /** Code 128 or QR: lets the packer match the parts of one job. */
    barcode: Type.String(),
  },
  hasASum,
)

/** Picture of the first page, in the job's own folder: for people, never for print. */
export const JobPreview = Type.Object({
  file: Type.String({ pattern: '^[a-z-]+\\.(png|jpg|webp)$' }),
  contentType: Type.Enum(['image/png', 'image/jpeg', 'image/webp']),
  component: Type.Enum(components),
  page: Type.Integer({ minimum: 1 }),
  widthPx: Type.Integer(),
  heightPx: Type.Integer(),
})
export type JobPreview = Static<typeof JobPreview>

/** `ticket.json` in a job folder, print client → the shop's own system. It is written last and complete, or not there. */
export const JobTicket = Type.Object({
  format: Type.Literal('printcloud-job'),
  version: Type.Literal(1),
  jobId: Id('job'),
  orderId: Id('order'),
  itemId: Id('item'),
  facilityId: FacilityId,
  isTest: Type.Boolean(),
  issuedAt: Type.String({ format: 'date-time' }),
  barcode: Type.String(),
  reference: Type.Optional(Type.String()),
  title: Type.Optional(Type.String()),
  quantity: Type.Integer({ minimum: 1 }),
  product: ProductionTicket.properties.product,
  options: ProductionTicket.properties.options,
  files: Type.Array(JobFile, { minItems: 1 }),
  preview: Type.Optional(JobPreview),
  shipTo: Recipient,
  shippingMethod: Type.String(),
  dueAt: ProductionTicket.properties.dueAt,
})
export type JobTicket = Static<typeof JobTicket>
