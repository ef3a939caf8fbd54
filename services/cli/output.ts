import { createInterface } from 'node:readline/promises'
import type { CommandContext } from './command.ts'
import { painter } from './text/paint.ts'

/** One JSON document for programs, else the words for people. */
export function tell({ isJson, terminal }: CommandContext, value: unknown, wordsOf: () => string): void {
  terminal.out(isJson ? `${JSON.stringify(value, undefined, 2)}\n` : ended(wordsOf()))
}

const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`)

export const paintOf = ({ terminal }: CommandContext) => painter(terminal.hasColour)

/** Asks a person once, in words; who cannot be asked, or said --yes, means it. */
export async function isMeant({ terminal, given, signal }: CommandContext, question: string): Promise<boolean> {
  if (given.has('yes') || !terminal.isInteractive) return true
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `, { signal })).trim())
  } finally {
    lines.close()
  }
}

export const yes = { text: 'do not ask' } as const
