import { newId } from '#chassis/ids.ts'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'

const now = new Date('2026-01-02T03:04:05Z')
export const at = now.toISOString()

/** A ticket of a poster. */
export function sampleTicket(jobId: string = newId('job', now)): ProductionTicket {
  return {
    type: 'production',
    ticketId: newId('tkt', now),
    jobId,
    orderId: newId('ord', now),
    itemId: newId('itm', now),
    facilityId: 'fac_test',
    isTest: false,
    issuedAt: at,
    quantity: 1,
    title: '<script>alert("x")</script> & Łódź',
    product: {
      sku: 'poster-a3',
      family: 'poster',
      title: 'Poster A3',
      trimWidthMm: 297,
      trimHeightMm: 420,
      pages: 1,
      paper: { sheet: '170 g silk' },
    },
    options: { finish: 'matt' },
    files: [
      {
        component: 'sheet',
        key: 'facilities/fac_test/a/sheet.pdf',
        contentType: 'application/pdf',
        sizeBytes: 10,
        sha256: 'a'.repeat(64),
        pages: 1,
        sheetWidthMm: 303,
        sheetHeightMm: 426,
        trimBox: { xMm: 3, yMm: 3, widthMm: 297, heightMm: 420 },
      },
    ],
    shipTo: { name: 'Ada Test', address: { line1: 'Street 1', city: 'Delft', postal_code: '2611 AB', country: 'NL' } },
    shippingMethod: 'standard',
  }
}

/** A status of the ticket's job. */
export function sampleStatus(ticket: ProductionTicket, status: FacilityStatus['status']): FacilityStatus {
  const { facilityId, jobId, orderId, itemId } = ticket
  return { type: 'facility_status', statusId: newId('sts', now), facilityId, jobId, orderId, itemId, at, status }
}
