import { CommandFault } from '#chassis/command-line/command-fault.ts'
import { openTerminal } from '#chassis/command-line/terminal.ts'
import { readArguments } from './arguments.ts'
import { exitCodes } from './exit-codes.ts'
import { runCommand } from './run-command.ts'

/** `npx printcloud`: see help.ts. A sign of the end stops the work; nothing half-made stays in the result folder. */
const ending = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => ending.abort(new Error(name)))
const terminal = openTerminal()

try {
  process.exitCode = await runCommand(readArguments(process.argv.slice(2)), terminal, ending.signal)
} catch (error) {
  if (error instanceof CommandFault) {
    process.exitCode = error.exitCode
    terminal.fault(`${error.lines.join('\n')}\n`)
  } else {
    process.exitCode = ending.signal.aborted ? 130 : exitCodes.software
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    terminal.fault(
      ending.signal.aborted
        ? 'Stopped.\n'
        : `The print files could not be made.\nThis is a fault of Printcloud: ${words}\nPlease report it with this text.\n`,
    )
  }
}
