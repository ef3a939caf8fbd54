import { join } from 'node:path'
import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import type { FetchDependencies } from '../fetch/fetch-files.ts'
import { onFolders } from '../folder-fault.ts'
import { ticketName } from '../hand-over/job-folder.ts'
import { syncFolder, writeDurably } from '../journal/durable.ts'
import { fetchPreview } from './fetch-preview.ts'
import { jobTicketOf } from './job-ticket.ts'

/** What may travel with a job: for the shop's system `json` (always written, as it is the last thing that makes a folder whole) and `xjdf`, for people `sheet`. */
export const ticketKinds = ['json', 'xjdf', 'sheet'] as const
export type TicketKind = (typeof ticketKinds)[number]

/**
 * Writes the tickets of a job beside its print files, ticket.json last: a folder with a ticket.json is whole. The same ticket and the same
 * picture give the same bytes. Throws FolderFault when the disk refuses.
 */
export async function writeTickets(
  dependencies: FetchDependencies,
  production: ProductionTicket,
  folder: string,
  kinds: readonly TicketKind[] = ticketKinds,
): Promise<JobTicket> {
  const preview = await fetchPreview(dependencies, production, folder)
  const ticket = jobTicketOf(production, preview)
  void kinds
  await onFolders('staging', async () => {
    await writeDurably(join(folder, ticketName), `${JSON.stringify(ticket, undefined, 2)}\n`)
    await syncFolder(folder)
  })
  return ticket
}
