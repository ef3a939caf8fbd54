import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import { element } from '../xml.ts'
import { productList } from './products.ts'
import { resourceSets } from './resources.ts'

export const xjdfName = 'ticket.xjdf'

/**
 * The job as an XJDF 2 product description, for workflow systems that read it: lengths in points, paper in gsm and micrometres, files by
 * their names beside the ticket. Pure: the same ticket gives the same bytes.
 */
export function xjdfTicket(ticket: JobTicket): string {
  const { jobId, orderId, itemId, issuedAt, isTest } = ticket
  const header = element('Header', { AgentName: 'Printcloud', DeviceID: 'printcloud', Time: issuedAt })
  const root = element(
    'XJDF',
    {
      xmlns: 'http://www.CIP4.org/JDFSchema_2_0',
      Category: isTest ? 'Test' : undefined,
      JobID: jobId,
      JobPartID: itemId,
      Types: 'Product',
      Version: '2.1',
    },
    [
      element('AuditPool', {}, [element('AuditCreated', {}, [header])]),
      ...(isTest ? [element('Comment', { Type: 'Instruction' }, ['TEST ORDER: do not print, do not ship'])] : []),
      element('GeneralID', { IDUsage: 'PrintcloudOrder', IDValue: orderId, DataType: 'NMTOKEN' }),
      productList(ticket),
      ...resourceSets(ticket),
    ],
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`
}
