import { type Static, Type } from 'typebox'
import { FacilityStatus, facilityStatuses } from '#contracts/messages/facility-status.ts'
import { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { JobSummary } from './job-summary.ts'

/**
 * Where a job stands with this client.
 * claiming → claimed → spooling → handed_over is the good way, with offered before spooling where a person accepts each job;
 * claimed_elsewhere and dropped end it without a print; held and failed wait for a person.
 */
export const jobStates = [
  'claiming',
  'claimed',
  'claimed_elsewhere',
  'offered',
  'spooling',
  'handed_over',
  'held',
  'failed',
  'dropped',
] as const
export type JobState = (typeof jobStates)[number]

/** Which way it goes out, or went: an output of another kind under the same name cannot tell what this one did. */
export const JobOutput = Type.Object({ name: Type.String(), kind: Type.String() })
export type JobOutput = Static<typeof JobOutput>

const Decided = Type.Object({ by: Type.String(), at: Type.String() })

/** All that this client remembers of one job; what is optional is absent in the journals of older versions. */
export const Job = Type.Object({
  jobId: Type.String(),
  orderId: Type.String(),
  itemId: Type.String(),
  state: Type.Enum(jobStates),
  /** Written into the claim: shows after a crash that the claim is ours. */
  nonce: Type.String(),
  /** Boot of the machine in which the staging folder was last worked on. */
  bootId: Type.String(),
  /** Time of the last change of state. */
  at: Type.String(),
  cause: Type.Optional(Type.String()),
  arrivedAt: Type.Optional(Type.String()),
  /** Absent: the output named main. */
  output: Type.Optional(JobOutput),
  summary: Type.Optional(JobSummary),
  /** A person said: make it. */
  isAccepted: Type.Optional(Type.Boolean()),
  /** A person said of a held or failed job that nobody has it. */
  isReleased: Type.Optional(Type.Boolean()),
  decided: Type.Optional(Decided),
  /** What the shop said last, apart from delays. */
  shopSaid: Type.Optional(Type.Enum(facilityStatuses)),
  expectedAt: Type.Optional(Type.String()),
  /** Kept while it may still be needed; holds an address, so it goes once the job is handed over. Absent when the cancel came first. */
  ticket: Type.Optional(ProductionTicket),
  /** A wish to cancel that is not answered yet, by the ticket that brought it. */
  cancel: Type.Optional(Type.Object({ ticketId: Type.String(), at: Type.String() })),
  /** Statuses that the queue does not have yet, oldest first. */
  outbox: Type.Array(FacilityStatus),
  /** Statuses that the queue has taken: told again when the ticket comes again, as the queue may have lost them. */
  said: Type.Optional(Type.Array(FacilityStatus)),
  /** Marks of the status files that were taken in, so that a crash before their removal does not report them twice. */
  seen: Type.Array(Type.String()),
})
export type Job = Static<typeof Job>

/** `said` with one more. What is over and led to no parcel says nothing that the newest status does not say. */
export const saidWith = ({ said = [] }: Job, status: FacilityStatus): FacilityStatus[] => [
  ...said.filter(({ tracking, statusId }) => tracking !== undefined && statusId !== status.statusId),
  status,
]

/** The last that was said of the job, told yet or not. */
export const saidLast = ({ said = [], outbox }: Job): FacilityStatus['status'] | undefined =>
  (outbox.at(-1) ?? said.at(-1))?.status

/** True while this client still has work to do on the job without anybody's help. */
export const isUnfinished = ({ state }: Job): boolean =>
  state === 'claiming' || state === 'claimed' || state === 'spooling'
