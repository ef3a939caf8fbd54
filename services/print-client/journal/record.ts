import { type Static, Type } from 'typebox'
import { FacilityStatus } from '#contracts/messages/facility-status.ts'
import { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { Job, JobOutput } from './job.ts'

const of = <T extends string>(type: T) => ({ type: Type.Literal(type), at: Type.String(), jobId: Type.String() })
/** The person or the system that decided. */
const by = Type.Optional(Type.String())
const ended = { cause: Type.String(), status: FacilityStatus }

/** One line of the journal. A change of state and the status it causes share a line: a torn write cannot part them. */
export const records = {
  claiming: Type.Object({
    ...of('claiming'),
    nonce: Type.String(),
    bootId: Type.String(),
    ticket: ProductionTicket,
    output: Type.Optional(JobOutput),
  }),
  claimed: Type.Object({ ...of('claimed'), bootId: Type.String() }),
  claimed_elsewhere: Type.Object(of('claimed_elsewhere')),
  /** Claimed, and waiting for a person who accepts or rejects it. */
  offered: Type.Object(of('offered')),
  /** A person accepted it; said at once, so that the hand-over says nothing more. */
  accepted: Type.Object({ ...of('accepted'), by: Type.String(), status: FacilityStatus }),
  spooling: Type.Object({ ...of('spooling'), bootId: Type.String() }),
  handed_over: Type.Object({ ...of('handed_over'), status: Type.Optional(FacilityStatus) }),
  held: Type.Object({ ...of('held'), ...ended }),
  failed: Type.Object({ ...of('failed'), ...ended }),
  dropped: Type.Object({ ...of('dropped'), ...ended, by }),
  /** Somebody looked and says that a held or failed job was not printed: it is claimed again, and goes out by `output`. */
  released: Type.Object({ ...of('released'), bootId: Type.String(), output: Type.Optional(JobOutput), by }),
  /** What the shop says: by a status file, a folder, a printer, a person. The same mark counts once. */
  reported: Type.Object({
    ...of('reported'),
    mark: Type.String(),
    status: FacilityStatus,
    by,
    /** It answers a wish to cancel: the shop's side stopped the job. */
    answersCancel: Type.Optional(Type.Boolean()),
  }),
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
export type RecordOf<T extends JournalRecord['type']> = Extract<JournalRecord, { type: T }>
