import { Type } from 'typebox'
import type { Delivery } from '#chassis/queue-reader.ts'
import { ProofResult } from '#contracts/messages/proof-result.ts'
import type { ProofTicket } from '#contracts/messages/proof-ticket.ts'
import type { TicketHandlerOptions } from '../job/handle-process-ticket.ts'
import { tellOfPublication } from '../publication/tell-of-publication.ts'
import { makeProof } from './make-proof.ts'
import { refusedProof } from './refused-proof.ts'

/** What order-api is told: the proof, or why there is none. */
const Told = Type.Pick(ProofResult, ['proof', 'failure'])

/** The way of a proof ticket: pictures of pages in the documents buckets, then what the file becomes on the status queue. */
export async function handleProofTicket(
  ticket: ProofTicket,
  options: TicketHandlerOptions,
  delivery: Delivery,
): Promise<void> {
  await tellOfPublication(
    ticket,
    {
      kind: 'proof',
      told: Told,
      make: async (rooms, context) => ({ proof: await makeProof(ticket, rooms, context, delivery) }),
      refused: ({ findings }) => refusedProof(ticket, findings),
      resultOf: (heading, told) => ({ type: 'proof_result', ...heading, ...told }),
    },
    options,
    delivery,
  )
}
