import type { Command, CommandOption } from './command.ts'
import { commonOptions } from './read-arguments.ts'
import { wrapped } from './text/wrapped.ts'

const start = `Orders print over the API, and makes print files on this machine.

Use: npx printcloud COMMAND …      npx printcloud COMMAND --help
`
const local: readonly (readonly [string, string])[] = [
  ['preflight FILE…', 'check files on this machine, without the API'],
  ['make FILE…', 'make print files on this machine'],
  ['products', 'what can be made of files'],
]
const end = `
--json gives results to programs. PRINTCLOUD_API_URL and PRINTCLOUD_API_KEY go
before what "login" has kept.

Exit codes: 0 fine, 1 ended badly, 2 refused, 64 wrong command line, 66 a file
cannot be read, 69 the API cannot be reached, 70 a fault of ours, 75 try later,
77 not logged in or not allowed, 130 stopped.
`

/** All commands, in 80 columns. */
export function helpText(commands: readonly Command[]): string {
  const rows = commands.map(({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary] as const)
  return [start, 'With the API:', ...rows.map(rowOf(29)), '', 'On this machine:', ...local.map(rowOf(29)), end].join(
    '\n',
  )
}

/** The commands that begin with one word, in 80 columns. */
export function groupHelp(group: readonly Command[]): string {
  const rows = group.map(({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary] as const)
  return [`Use: npx printcloud ${group[0]?.name.split(' ')[0]} COMMAND …`, '', ...rows.map(rowOf(29)), ''].join('\n')
}

/** One command, in 80 columns. */
export function commandHelp({ name, usage, summary, options, details }: Command): string {
  const all = { ...options, ...commonOptions }
  const rows = Object.entries(all).map(([option, each]) => [optionName(option, each), each.text] as const)
  const more = details === undefined ? [] : ['', ...wrapped(details, 78)]
  return [
    `Use: npx printcloud ${name} ${usage}`.trim(),
    '',
    sentence(summary),
    '',
    ...rows.map(rowOf(22)),
    ...more,
    '',
  ].join('\n')
}

const optionName = (name: string, { value }: CommandOption): string =>
  `--${name}${value === undefined ? '' : ` ${value}`}`
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

/** A name of at most `width`, and its text beside it; a longer name has a line of its own. */
const rowOf =
  (width: number) =>
  ([name, text]: readonly [string, string]): string => {
    const indent = ' '.repeat(width + 4)
    const [first = '', ...rest] = wrapped(text, 79 - indent.length)
    const lines = rest.map((line) => `${indent}${line}`)
    if (name.length <= width) return [`  ${name.padEnd(width)}  ${first}`, ...lines].join('\n')
    return [`  ${name}`, `${indent}${first}`, ...lines].join('\n')
  }
