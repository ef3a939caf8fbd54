import { parseArgs } from 'node:util'
import { CommandFault } from '#chassis/command-line/command-fault.ts'
import { exitCodes } from './exit-codes.ts'

export const commands = ['preflight', 'make', 'products', 'help'] as const
export type CommandName = (typeof commands)[number]

export type CliArguments = {
  readonly command: CommandName
  readonly files: readonly string[]
  readonly sku: string | undefined
  readonly cover: string | undefined
  readonly title: string | undefined
  readonly options: Readonly<Record<string, string>>
  readonly design: string | undefined
  readonly pages: number | undefined
  readonly isStrict: boolean
  readonly isJson: boolean
  readonly report: string | undefined
  readonly out: string
}

/** Reads the command line; throws CommandFault (64). */
export function readArguments(commandLine: readonly string[]): CliArguments {
  const { values, positionals } = parsed(commandLine)
  const [first, ...files] = positionals
  const command = values.help === true || first === undefined ? 'help' : commands.find((name) => name === first)
  if (command === undefined) {
    throw wrong(`There is no command ${JSON.stringify(first)}.`, `The commands are ${commands.join(', ')}.`)
  }
  return {
    command,
    files,
    sku: values.sku,
    cover: values.cover,
    title: values.title,
    options: Object.fromEntries((values.option ?? []).map(optionOf)),
    design: values.design,
    pages: pagesOf(values.pages),
    isStrict: values.strict ?? false,
    isJson: values.json ?? false,
    report: values.report,
    out: values.out ?? 'out',
  }
}

function parsed(commandLine: readonly string[]) {
  const text = { type: 'string' } as const
  const yes = { type: 'boolean' } as const
  try {
    return parseArgs({
      args: [...commandLine],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        ...{ json: yes, strict: yes, sku: text, cover: text, title: text, design: text, pages: text, report: text },
        option: { type: 'string', multiple: true },
        out: { type: 'string', short: 'o' },
      },
    })
  } catch (cause) {
    throw wrong('The command line cannot be read.', cause instanceof Error ? firstLine(cause.message) : String(cause))
  }
}

const firstLine = (text: string): string => text.split('\n')[0] ?? ''

function optionOf(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  throw wrong(`--option is ${JSON.stringify(text)}.`, 'It must be a name and a value, such as wrap=black.')
}

function pagesOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const pages = Number(text)
  if (Number.isInteger(pages) && pages >= 1) return pages
  throw wrong(`--pages is ${JSON.stringify(text)}.`, 'It must be a whole number from 1 on.')
}

const wrong = (what: string, why: string): CommandFault =>
  new CommandFault(exitCodes.usage, [what, why, '"npx printcloud --help" shows how to use it.'])
