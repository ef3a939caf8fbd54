import { parseArgs } from 'node:util'
import { CommandFault } from '#chassis/command-line/command-fault.ts'
import type { Command, CommandOption, Given } from './command.ts'
import { exitCodes } from './exit-codes.ts'

/** What every command takes. */
export const commonOptions: Readonly<Record<string, CommandOption>> = {
  json: { text: 'the result for programs, on stdout' },
  profile: { value: 'NAME', text: 'another login than the last one' },
  help: { text: 'this text' },
}

export type ReadCommand = {
  readonly command: Command | undefined
  /** Commands of one first word, where that alone was said: "keys". */
  readonly group?: readonly Command[]
  readonly given: Given
}

/** Finds the command that the first words name and reads its options; throws CommandFault (64). */
export function readArguments(commandLine: readonly string[], commands: readonly Command[]): ReadCommand {
  const words = commandLine.filter((word) => !word.startsWith('-'))
  if (words[0] === 'help' && words.length > 1) return readArguments([...words.slice(1), '--help'], commands)
  const command = commandNamed(words, commands)
  const group = words.length === 1 ? commands.filter(({ name }) => name.startsWith(`${words[0]} `)) : []
  if (command === undefined && words.length > 0 && words[0] !== 'help' && group.length === 0) {
    throw unknown(words, commands)
  }
  const known = { ...command?.options, ...commonOptions }
  const { values, positionals } = parsed(commandLine, known)
  const nameLength = command === undefined ? 0 : command.name.split(' ').length
  return {
    command,
    ...(command === undefined && group.length > 0 ? { group } : {}),
    given: {
      words: positionals.slice(nameLength),
      text: (name) => values[name]?.at(-1),
      all: (name) => values[name] ?? [],
      has: (name) => values[name] !== undefined,
    },
  }
}

/** Two words before one: "webhooks list" before "webhooks". */
function commandNamed(words: readonly string[], commands: readonly Command[]): Command | undefined {
  const named = (count: number): Command | undefined =>
    commands.find(({ name }) => name === words.slice(0, count).join(' '))
  return named(2) ?? named(1)
}

function parsed(commandLine: readonly string[], known: Readonly<Record<string, CommandOption>>) {
  try {
    const { values, positionals } = parseArgs({
      args: [...commandLine],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(known).map(([name, { value }]) => [
          name,
          {
            type: value === undefined ? ('boolean' as const) : ('string' as const),
            multiple: true,
            ...(name === 'help' ? { short: 'h' } : {}),
          },
        ]),
      ),
    })
    const texts = Object.entries(values).map(([name, list]): [string, readonly string[]] => [
      name,
      [list].flat().map(String),
    ])
    const byName: Readonly<Record<string, readonly string[]>> = Object.fromEntries(texts)
    return { positionals, values: byName }
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split(/\n|\. To specify/)[0] ?? '') : String(cause)
    const how = why.endsWith('ambiguous.') ? ' A value that begins with a dash is written as in --margin=-5.' : ''
    throw usageFault('The command line cannot be read.', `${why.replace(/\.$/, '')}.${how}`)
  }
}

function unknown(words: readonly string[], commands: readonly Command[]): CommandFault {
  const first = words[0] ?? ''
  const near = commands.filter(({ name }) => name.split(' ')[0] === first).map(({ name }) => name)
  const names = near.length > 0 ? near : [...new Set(commands.map(({ name }) => name.split(' ')[0]))]
  const asked = near.length > 0 ? words.slice(0, 2).join(' ') : first
  return usageFault(`There is no command ${JSON.stringify(asked)}.`, `There is: ${names.join(', ')}.`)
}

/** A command line that cannot be followed. */
export const usageFault = (what: string, why: string, name?: string): CommandFault =>
  new CommandFault(exitCodes.usage, [
    what,
    why,
    name === undefined ? '"npx printcloud help" shows what there is.' : `"npx printcloud ${name} --help" shows how.`,
  ])
