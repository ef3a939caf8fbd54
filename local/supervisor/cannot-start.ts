/** Exit codes of `npm start`: what a script can decide by. */
export const exitCodes = { failed: 1, portTaken: 2, badArguments: 2, alreadyRuns: 3 } as const

/** A start that ends in words instead of a stack trace: what, why and what to do, one line each. */
export class CannotStart extends Error {
  override name = 'CannotStart'
  readonly lines: readonly string[]
  readonly exitCode: number

  constructor(exitCode: number, lines: readonly string[]) {
    super(lines.join('\n'))
    this.lines = lines
    this.exitCode = exitCode
  }
}
