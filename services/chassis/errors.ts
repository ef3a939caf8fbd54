/** One fault of an input: where it is (JSON pointer) and what to do about it. */
export type Issue = { readonly pointer: string; readonly detail: string }

/** This input can never succeed: the sender must change it. `code` is a stable word that documentation explains. */
export class Refused extends Error {
  override name = 'Refused'
  readonly code: string
  readonly issues: readonly Issue[]

  constructor(code: string, message: string, issues: readonly Issue[] = [], options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.issues = issues
  }
}

/** The same call may succeed later: the caller may try again after `retryAfterSeconds`. */
export class Transient extends Error {
  override name = 'Transient'
  readonly retryAfterSeconds: number

  constructor(message: string, options?: ErrorOptions & { readonly retryAfterSeconds?: number }) {
    super(message, options)
    this.retryAfterSeconds = options?.retryAfterSeconds ?? 1
  }
}
