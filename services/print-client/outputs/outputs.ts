import type { JobOutput } from '../journal/job.ts'
import type { TicketWish } from '../tickets/write-tickets.ts'
import type { Output } from './output.ts'

/** All ways out of this client. */
export type Outputs = {
  readonly all: readonly Output[]
  /** The way of a product that is not on its way yet. */
  readonly choose: (sku: string) => Output
  /** The way of a job; undefined where the configuration no longer has it, or has another kind under its name. */
  readonly of: (job: { readonly output?: JobOutput }) => Output | undefined
  /** What travels with a job that goes out there. */
  readonly ticketsOf: (output: Output) => TicketWish
}

/** What the journal keeps of the way of a job. */
export const outputOf = ({ name, kind }: Output): JobOutput => ({ name, kind })
