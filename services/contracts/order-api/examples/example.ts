import type { ProblemCode } from '../../problem-codes.ts'

/**
 * A request as the documentation shows it. A test sends all of them in their order: `$name` in an address or a body stands for
 * what an earlier answer gave (`keeps`), and the answers that came are what the documentation shows (answers.json).
 */
export type Example = {
  /** Method and address as in the OpenAPI document: `GET /v1/orders/{id}`. */
  readonly operation: string
  /** What it shows, where an operation has several. */
  readonly title: string
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object
  /** With a live key; a test key without. */
  readonly isLive?: true
  /** With the key of the platform's own checkout. */
  readonly isCheckout?: true
  /** Name → JSON pointer into the answer. */
  readonly keeps?: Readonly<Record<string, string>>
  /** What the world outside must have done before. */
  readonly after?: Happening
}

/** By which an answer is kept and found again. */
export const exampleName = ({ operation, title }: Example): string => `${operation}: ${title}`

/** What happens beyond the API: the files of `$order` were made, it was sent; what happened was written into the log of events; the
 * operator made the enrolment code of the example. */
export type Happening = 'files_made' | 'shipped' | 'events_numbered' | 'enrolment_code_made'

/** What is said of an operation besides its schemas. */
export type OperationWords = {
  /** What it is for, and the rules that no schema tells; absent where the route says it. */
  readonly description?: string
  /** To leave out the Idempotency-Key is `idempotency_key_missing`; elsewhere it may be left out. */
  readonly needsIdempotencyKey?: true
  /** Problems beyond those that every operation of its shape can answer. */
  readonly problems?: readonly ProblemCode[]
}
