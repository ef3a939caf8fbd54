import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Refused } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import { parse } from '#contracts/parse.ts'
import type { Decision, Desk } from '../desk/desk.ts'
import { Command } from './command.ts'

export type TakeCommandsDependencies = {
  readonly commands: string
  readonly desk: Pick<Desk, 'decide'>
  readonly log: Log
}

/** Obeys every command file and removes it. A command for a job that does not wait changes nothing, so twice is once. */
export async function takeCommands({ commands, desk, log }: TakeCommandsDependencies): Promise<void> {
  const names = (await readdir(commands)).filter((name) => name.endsWith('.json')).sort()
  for (const name of names) {
    const path = join(commands, name)
    await obey(desk, log, name, await readFile(path, 'utf8'))
    await rm(path)
  }
}

async function obey(desk: Pick<Desk, 'decide'>, log: Log, name: string, text: string): Promise<void> {
  const read = readCommand(text)
  if (read === undefined) return log.error({ file: name }, 'command_unreadable')
  const { command, jobId, cause, by = 'terminal' } = read
  try {
    await desk.decide(jobId, decisionOf(command, cause), by)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    log.warn({ jobId, command, reason: error.message }, 'command_ignored')
  }
}

function decisionOf(command: Command['command'], cause: string | undefined): Decision {
  if (command === 'reject') return { do: command, cause: cause ?? 'rejected by the facility' }
  if (command === 'drop') return { do: command, ...(cause === undefined ? {} : { cause }) }
  return { do: command }
}

function readCommand(text: string): Command | undefined {
  try {
    return parse('command', Command, JSON.parse(text))
  } catch {
    // Not written by `release` or `drop`: said above, and no reason to stop.
    return undefined
  }
}
