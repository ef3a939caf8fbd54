import type { CommandContext } from './command.ts'
import { usageFault } from './read-arguments.ts'

/** The first word after the command. Throws CommandFault (64). */
export function firstWord({ given }: CommandContext, command: string, what: string): string {
  const [word] = given.words
  if (word !== undefined) return word
  throw usageFault(`${what.charAt(0).toUpperCase()}${what.slice(1)} is missing.`, `${command} needs it.`, command)
}

export const orderIdIn = (context: CommandContext, command: string): string =>
  firstWord(context, command, 'the id of an order (ord_…)')

export const webhookIdIn = (context: CommandContext, command: string): string =>
  firstWord(context, command, 'the id of a webhook (whk_…)')

export const publicationIdIn = (context: CommandContext, command: string): string =>
  firstWord(context, command, 'the id of a publication (pub_…)')
