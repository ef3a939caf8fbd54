import type { JobPreview, JobTicket } from '#contracts/messages/job-ticket.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { partCode } from './part-codes.ts'

/** Name of a component's print file inside the job folder. */
export const fileNameOf = (component: ProductionTicket['files'][number]['component']): string => `${component}.pdf`

/** The shop's ticket of a production ticket: the same facts, files by their names in the folder, barcodes; pure. */
export function jobTicketOf(ticket: ProductionTicket, preview?: JobPreview): JobTicket {
  const { jobId, reference, title, dueAt } = ticket
  return {
    format: 'printcloud-job',
    version: 1,
    jobId,
    orderId: ticket.orderId,
    itemId: ticket.itemId,
    facilityId: ticket.facilityId,
    isTest: ticket.isTest,
    issuedAt: ticket.issuedAt,
    barcode: jobId,
    ...(reference === undefined ? {} : { reference }),
    ...(title === undefined ? {} : { title }),
    quantity: ticket.quantity,
    product: ticket.product,
    options: ticket.options,
    files: ticket.files.map(({ key: _, ...file }) => ({
      ...file,
      file: fileNameOf(file.component),
      barcode: partCode(jobId, file.component),
    })),
    ...(preview === undefined ? {} : { preview }),
    shipTo: ticket.shipTo,
    shippingMethod: ticket.shippingMethod,
    ...(dueAt === undefined ? {} : { dueAt }),
  }
}
