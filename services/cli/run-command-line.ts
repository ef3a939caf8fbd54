import { homedir } from 'node:os'
import { CommandFault } from '#chassis/command-line/command-fault.ts'
import type { Terminal } from '#chassis/command-line/terminal.ts'
import { readConfig } from '#chassis/config.ts'
import { createClient } from '../order-client/node/index.ts'
import type { CommandContext, Given } from './command.ts'
import { commands } from './command-table.ts'
import { connectionOf } from './connection.ts'
import { CliEnvironment } from './environment.ts'
import { exitCodes } from './exit-codes.ts'
import { faultOf } from './fault-of.ts'
import { commandHelp, groupHelp, helpText } from './help-text.ts'
import { profilesPath } from './profiles.ts'
import { readArguments } from './read-arguments.ts'
import { withoutCommands } from './text/plain.ts'

export type Surroundings = {
  readonly terminal: Terminal
  readonly signal: AbortSignal
  /** Of the process without it. */
  readonly environment?: Readonly<Record<string, string>>
}

/** Runs one command, says how it ended where that needs words, and gives its exit code. */
export async function runCommandLine(commandLine: readonly string[], surroundings: Surroundings): Promise<number> {
  const { signal } = surroundings
  const terminal = harmless(surroundings.terminal)
  try {
    return await run(commandLine, { ...surroundings, terminal })
  } catch (error) {
    const fault = faultOf(error)
    if (signal.aborted) {
      terminal.fault('Stopped.\n')
      return exitCodes.stopped
    }
    if (fault instanceof CommandFault) {
      terminal.fault(`${fault.lines.join('\n')}\n`)
      return fault.exitCode
    }
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    terminal.fault(
      `The command did not end.\nThis is a fault of Printcloud: ${words}\nPlease report it with this text.\n`,
    )
    return exitCodes.software
  }
}

/** Whatever comes from elsewhere, an address or the words of a fault: no terminal obeys it. Colours and lines are ours. */
const harmless = (terminal: Terminal): Terminal => ({
  ...terminal,
  out: (text) => terminal.out(withoutCommands(text)),
  fault: (text) => terminal.fault(withoutCommands(text)),
})

/** A container's user may have none. */
function homeFolder(): string {
  try {
    return homedir()
  } catch {
    return ''
  }
}

async function run(commandLine: readonly string[], { terminal, signal, environment }: Surroundings): Promise<number> {
  const { command, group, given } = readArguments(commandLine, commands)
  if (command === undefined || given.has('help')) {
    const text = group === undefined ? helpText(commands) : groupHelp(group)
    terminal.out(command === undefined ? text : commandHelp(command))
    return exitCodes.fine
  }
  return await command.run(contextOf(given, { terminal, signal }, readConfig(CliEnvironment, environment)))
}

function contextOf(given: Given, { terminal, signal }: Surroundings, environment: CliEnvironment): CommandContext {
  const { PRINTCLOUD_API_URL, PRINTCLOUD_API_KEY, PRINTCLOUD_CDN_URL, ...folders } = environment
  const path = () => profilesPath({ home: homeFolder(), platform: process.platform, ...folders })
  const connection = () =>
    connectionOf({
      profile: given.text('profile'),
      profilesPath: path,
      apiUrl: PRINTCLOUD_API_URL,
      apiKey: PRINTCLOUD_API_KEY,
    })
  const cdnUrl = async () => {
    if (PRINTCLOUD_CDN_URL !== undefined) return PRINTCLOUD_CDN_URL
    const { cdnUrl: ofProfile, apiUrl } = await connection()
    return ofProfile ?? apiUrl
  }
  return {
    given,
    terminal,
    signal,
    isJson: given.has('json'),
    get profilesPath() {
      return path()
    },
    connection,
    cdnUrl,
    client: async () => {
      const { apiUrl, apiKey } = await connection()
      return createClient({ baseUrl: apiUrl, apiKey })
    },
  }
}
