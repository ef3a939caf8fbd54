import { type Static, Type } from 'typebox'
import { PreflightTicket } from './preflight-ticket.ts'
import { ProcessTicket } from './process-ticket.ts'
import { ProofTicket } from './proof-ticket.ts'
import { ThumbnailTicket } from './thumbnail-ticket.ts'

/** Whatever may arrive on the queue that processors read. */
export const ProcessorTicket = Type.Union([ProcessTicket, PreflightTicket, ThumbnailTicket, ProofTicket])
export type ProcessorTicket = Static<typeof ProcessorTicket>
