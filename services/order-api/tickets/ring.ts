import type { Log } from '#chassis/log.ts'
import type { QueueWriter } from '#chassis/queue-writer.ts'

/** What is needed to ring: where the ticket goes and what it says. */
export type Ringable = { readonly id: string; readonly queue: string; readonly body: unknown }

/** Rings for tickets that are already written; never fails: what was not heard is rung again by the sweeper. */
export type Ring = (tickets: readonly Ringable[]) => Promise<void>

export type QueueAddresses = { readonly processQueueUrl: string; readonly facilityQueueUrlPrefix: string }

export function createRing(writer: QueueWriter, addresses: QueueAddresses, log: Log): Ring {
  const urlOf = (queue: string): string =>
    queue === 'process' ? addresses.processQueueUrl : `${addresses.facilityQueueUrlPrefix}${queue}`
  const ringOne = async (ticket: Ringable): Promise<void> => {
    try {
      await writer.send(urlOf(ticket.queue), ticket.body)
    } catch (error) {
      log.warn({ err: error, ticketId: ticket.id, queue: ticket.queue }, 'ticket_not_rung')
    }
  }
  return async (tickets) => {
    await Promise.all(tickets.map(ringOne))
  }
}
