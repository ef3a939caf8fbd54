import { join } from 'node:path'
import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import type { PictureDependencies } from '../fetch/fetch-picture.ts'
import { onFolders } from '../folder-fault.ts'
import { ticketName } from '../hand-over/job-folder.ts'
import { syncFolder, writeDurably } from '../journal/durable.ts'
import { fetchPreview } from './fetch-preview.ts'
import { jobTicketOf } from './job-ticket.ts'
import { jobSheet, sheetName } from './sheet/job-sheet.ts'
import type { PageSizeName } from './sheet/page-size.ts'
import { xjdfName, xjdfTicket } from './xjdf/xjdf-ticket.ts'

/**
 * What may travel with a job: for the shop's system `json` (always written, as it is the last thing that makes a folder whole) and `xjdf`,
 * for people `sheet`.
 */
export const ticketKinds = ['json', 'xjdf', 'sheet'] as const
export type TicketKind = (typeof ticketKinds)[number]

export type TicketWish = {
  readonly kinds?: readonly TicketKind[]
  /** What the shop's office printer holds; A4 without it. */
  readonly sheetSize?: PageSizeName
}

/**
 * Writes the tickets of a job beside its print files, ticket.json last: a folder with a ticket.json is whole. The same ticket and the same
 * picture give the same bytes. Throws FolderFault when the disk refuses.
 */
export async function writeTickets(
  dependencies: PictureDependencies,
  production: ProductionTicket,
  folder: string,
  { kinds = ticketKinds, sheetSize = 'a4' }: TicketWish = {},
): Promise<JobTicket> {
  const preview = await fetchPreview(dependencies, production, folder)
  const ticket = jobTicketOf(production, preview)
  const sheet = kinds.includes('sheet') ? await jobSheet(ticket, folder, sheetSize) : undefined
  await onFolders('staging', async () => {
    if (sheet !== undefined) await writeDurably(join(folder, sheetName), sheet)
    if (kinds.includes('xjdf')) await writeDurably(join(folder, xjdfName), xjdfTicket(ticket))
    await writeDurably(join(folder, ticketName), `${JSON.stringify(ticket, undefined, 2)}\n`)
    await syncFolder(folder)
  })
  return ticket
}
