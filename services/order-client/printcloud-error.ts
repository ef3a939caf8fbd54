/** One fault of a request: JSON pointer into the body, and what to do about it. */
export type RequestFault = { readonly pointer: string; readonly detail: string }

/** What the client itself says when there was no answer of the API to quote. */
export type ClientCode =
  | 'network_error'
  | 'timeout'
  | 'circuit_open'
  | 'malformed_answer'
  | 'upload_failed'
  | 'webhook_not_genuine'

export type ErrorFacts = {
  readonly code: string
  readonly detail: string
  readonly status?: number
  readonly title?: string
  readonly errors?: readonly RequestFault[]
  readonly requestId?: string
  readonly isRetryable: boolean
  readonly retryAfterSeconds?: number
}

/** The only error that a call throws, apart from the reason of your own AbortSignal. Decide by `code`. */
export class PrintcloudError extends Error {
  override name = 'PrintcloudError'
  /** Of the answer; 0 when there was none. */
  readonly status: number
  /** A code of docs/errors.md, or a ClientCode. */
  readonly code: string
  /** The code in a few words. */
  readonly title: string
  /** What was wrong this time, and what to do. */
  readonly detail: string
  readonly errors: readonly RequestFault[]
  /** Under this id the call stands in the API's log; empty when no request was made. */
  readonly requestId: string
  /** Whether the same call may succeed later. */
  readonly isRetryable: boolean
  readonly retryAfterSeconds: number | undefined
  /** The order is on this machine's disk and will be sent by `orders.sendSpooled()`. */
  isSpooled = false

  constructor(facts: ErrorFacts, options?: { readonly cause?: unknown }) {
    const faults = (facts.errors ?? []).map(({ pointer, detail }) => `\n  ${pointer} ${detail}`)
    super(`${facts.title ?? facts.code} (${facts.code}). ${facts.detail}${faults.join('')}`, options)
    this.status = facts.status ?? 0
    this.code = facts.code
    this.title = facts.title ?? facts.code
    this.detail = facts.detail
    this.errors = facts.errors ?? []
    this.requestId = facts.requestId ?? ''
    this.isRetryable = facts.isRetryable
    this.retryAfterSeconds = facts.retryAfterSeconds
  }
}

/** An error of ours, or the throw goes on: the reason of a signal, or a bug. */
export function faultOf(error: unknown): PrintcloudError {
  if (error instanceof PrintcloudError) return error
  throw error
}
