import type { Delivery } from '#chassis/queue-reader.ts'
import { ProcessorTicket } from '#contracts/messages/processor-ticket.ts'
import { parse } from '#contracts/parse.ts'
import { handleProofTicket } from '../proof/handle-proof-ticket.ts'
import { handleThumbnailTicket } from '../thumbnail/handle-thumbnail-ticket.ts'
import { handlePreflightTicket } from './handle-preflight-ticket.ts'
import { handleProcessTicket, type TicketHandlerOptions } from './handle-process-ticket.ts'

/**
 * Handles one delivery of a ticket: what became of it goes to the status queue; resolving acknowledges. May run twice: every kind
 * of work says the same again. On the delivery's signal the job is handed back at once.
 */
export function createTicketHandler(options: TicketHandlerOptions) {
  return async (body: unknown, delivery: Delivery): Promise<void> => {
    const ticket = parse('ProcessorTicket', ProcessorTicket, body)
    switch (ticket.type) {
      case 'process':
        return await handleProcessTicket(ticket, options, delivery)
      case 'preflight':
        return await handlePreflightTicket(ticket, options, delivery)
      case 'thumbnail':
        return await handleThumbnailTicket(ticket, options, delivery)
      case 'proof':
        return await handleProofTicket(ticket, options, delivery)
      default: {
        const never: never = ticket
        return never
      }
    }
  }
}
