/** How a command ends, for scripts; from 64 on they are those of sysexits.h. */
export const exitCodes = {
  done: 0,
  /** The command line is wrong. */
  usage: 64,
  /** It was understood and cannot be done; the words say why. */
  refused: 65,
  /** The database does not answer, or no platform runs here. */
  unavailable: 69,
  /** A fault of our own. */
  software: 70,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** A command that ends in words: what, why, what to do. */
export class OperatorFault extends Error {
  override name = 'OperatorFault'
  readonly exitCode: ExitCode
  readonly lines: readonly string[]

  constructor(exitCode: ExitCode, lines: readonly string[], options?: ErrorOptions) {
    super(lines.join('\n'), options)
    this.exitCode = exitCode
    this.lines = lines
  }
}

export const usageFault = (...lines: readonly string[]): OperatorFault =>
  new OperatorFault(exitCodes.usage, [...lines, '"npm run operator -- --help" shows how to use it.'])
