import { Type } from 'typebox'
import { ProcessReport } from '#contracts/messages/process-report.ts'
import type { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import { parse } from '#contracts/parse.ts'
import { receiptName } from './publish.ts'
import type { ResultStore } from './result-store.ts'

type Ready = Extract<ProcessReport, { outcome: 'ready' }>
const Receipt = Type.Object({ report: ProcessReport })

/** The report of an earlier run with the same inputs, addressed to this ticket; undefined when there was none. */
export async function earlierReport(store: ResultStore, ticket: ProcessTicket, at: Date): Promise<Ready | undefined> {
  const found = await store.getJson(receiptName)
  if (found === undefined) return undefined
  const { report } = parse('Receipt', Receipt, found)
  if (report.outcome !== 'ready') return undefined
  const { ticketId, orderId, itemId } = ticket
  return { ...report, ticketId, orderId, itemId, at: at.toISOString() }
}
