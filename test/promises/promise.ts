export type PromiseContext = {
  /** The same seed makes the same files and the same order. */
  readonly seed: number
  readonly signal: AbortSignal
  /** Progress for people who wait. */
  readonly tell: (words: string) => void
}

/** The figure that was measured, and whether the promise holds; `faults` are what broke it. */
export type Verdict = { readonly figure: string; readonly faults: readonly string[] }

/** One line of PROMISES.md as something that can be run. */
export type ProductPromise = {
  readonly id: string
  /** What is guaranteed, in words; printed before the figure. */
  readonly guarantee?: string
  readonly run: (context: PromiseContext) => Promise<Verdict>
}
