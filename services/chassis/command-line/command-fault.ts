/** A command that ends in words: one line of what, one of why, one of what to do. */
export class CommandFault extends Error {
  override name = 'CommandFault'
  readonly exitCode: number
  readonly lines: readonly [what: string, why: string, whatToDo: string]

  constructor(exitCode: number, lines: CommandFault['lines'], options?: ErrorOptions) {
    super(lines.join('\n'), options)
    this.exitCode = exitCode
    this.lines = lines
  }
}
