import { type Static, Type } from 'typebox'
import { FacilityStatus } from '#contracts/messages/facility-status.ts'
import { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { Job } from './job.ts'

const of = <T extends string>(type: T) => ({ type: Type.Literal(type), at: Type.String(), jobId: Type.String() })
const ended = { cause: Type.String(), status: FacilityStatus }

/** One line of the journal. A change of state and the status it causes share a line: a torn write cannot part them. */
export const records = {
  claiming: Type.Object({
    ...of('claiming'),
    nonce: Type.String(),
    bootId: Type.String(),
    ticket: ProductionTicket,
  }),
  claimed: Type.Object({ ...of('claimed'), bootId: Type.String() }),
  claimed_elsewhere: Type.Object(of('claimed_elsewhere')),
  spooling: Type.Object({ ...of('spooling'), bootId: Type.String() }),
  handed_over: Type.Object({ ...of('handed_over'), status: FacilityStatus }),
  held: Type.Object({ ...of('held'), ...ended }),
  failed: Type.Object({ ...of('failed'), ...ended }),
  dropped: Type.Object({ ...of('dropped'), ...ended }),
  /** An operator looked and says that a held or failed job was not printed: it is claimed again. */
  released: Type.Object({ ...of('released'), bootId: Type.String() }),
  /** A status file of the shop. */
  reported: Type.Object({ ...of('reported'), mark: Type.String(), status: FacilityStatus }),
  sent: Type.Object({ ...of('sent'), statusId: Type.String() }),
  /**
   * The ticket came again for a job that is out of our hands: what was said of it did not arrive. An order that a restored database
   * had lost, and that was sent again, asks for the same job under an id of its own.
   */
  asked: Type.Object({
    ...of('asked'),
    ...{ orderId: Type.Optional(Type.String()), itemId: Type.Optional(Type.String()) },
    /** Of that order: its files are there, those of the lost one may be gone. */
    ticket: Type.Optional(ProductionTicket),
  }),
  /** The job is not wanted any more; may be the first that this client hears of it. */
  cancel_asked: Type.Object({
    ...of('cancel_asked'),
    ...{ ticketId: Type.String(), orderId: Type.String(), itemId: Type.String() },
    ...{ nonce: Type.String(), bootId: Type.String() },
  }),
  /** Too late: the shop has it, or may have it. A wish that is granted is `dropped`. */
  cancel_declined: Type.Object({ ...of('cancel_declined'), status: FacilityStatus }),
  /** A whole job, written by compaction. */
  job: Type.Object({ ...of('job'), job: Job }),
}

type Records = typeof records
export type JournalRecord = { [T in keyof Records]: Static<Records[T]> }[keyof Records]
