import type { Terminal } from '#chassis/command-line/terminal.ts'
import type { PrintcloudClient } from '../order-client/node/index.ts'
import type { Connection } from './connection.ts'
import type { ExitCode } from './exit-codes.ts'

/** An option of a command: how it is written, and what it is. */
export type CommandOption = {
  /** What stands for the value; without it the option is a yes. */
  readonly value?: string
  readonly isRepeatable?: true
  readonly text: string
}

/** What the command line says, by name. */
export type Given = {
  readonly words: readonly string[]
  readonly text: (name: string) => string | undefined
  readonly all: (name: string) => readonly string[]
  readonly has: (name: string) => boolean
}

export type CommandContext = {
  readonly given: Given
  readonly terminal: Terminal
  /** The result goes to a program: one JSON document, or one line an event. */
  readonly isJson: boolean
  readonly signal: AbortSignal
  readonly profilesPath: string
  /** As whom and where to; throws CommandFault when that is not known. */
  readonly connection: () => Promise<Connection>
  /** Where published documents are; throws CommandFault when that is not known. */
  readonly cdnUrl: () => Promise<string>
  readonly client: () => Promise<PrintcloudClient>
}

export type Command = {
  /** One word, or two: "orders list". */
  readonly name: string
  /** What follows the name. */
  readonly usage: string
  /** One line, for the list of all commands. */
  readonly summary: string
  readonly options: Readonly<Record<string, CommandOption>>
  /** More words for its own help. */
  readonly details?: string
  readonly run: (context: CommandContext) => Promise<ExitCode>
}
