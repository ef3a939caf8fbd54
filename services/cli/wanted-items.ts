import type { OrderRequest } from '../order-client/index.ts'
import type { CommandOption, Given } from './command.ts'
import { usageFault } from './read-arguments.ts'

/** What is to be printed, in options that quotes and orders share. */
export const itemOptions: Readonly<Record<string, CommandOption>> = {
  sku: { value: 'SKU', text: 'what to make; "npx printcloud products" lists them' },
  quantity: { value: 'N', text: 'copies; 1 without' },
  pages: { value: 'N', text: 'pages of content, where the price depends on it; "order" counts them' },
  option: { value: 'NAME=VALUE', isRepeatable: true, text: 'such as finish=satin' },
}

type Item = Pick<OrderRequest['items'][number], 'sku' | 'quantity' | 'pages' | 'options'>

/** Throws CommandFault (64). */
export function wantedItem(given: Given, command: string): Item {
  const sku = given.text('sku')
  if (sku === undefined) throw usageFault('No product is named.', '--sku says what to print.', command)
  const pages = wholeNumber(given, 'pages', command)
  const options = Object.fromEntries(given.all('option').map((text) => optionOf(text, command)))
  return {
    sku,
    quantity: wholeNumber(given, 'quantity', command) ?? 1,
    ...(pages === undefined ? {} : { pages }),
    ...(Object.keys(options).length > 0 ? { options } : {}),
  }
}

/** Throws CommandFault (64). */
export function wholeNumber(given: Given, name: string, command: string, least = 1): number | undefined {
  const text = given.text(name)
  if (text === undefined) return undefined
  if (/^\d{1,15}$/.test(text) && Number(text) >= least) return Number(text)
  throw usageFault(`--${name} is ${JSON.stringify(text)}.`, `It must be a whole number from ${least} on.`, command)
}

function optionOf(text: string, command: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  throw usageFault(
    `--option is ${JSON.stringify(text)}.`,
    'It must be a name and a value, such as wrap=black.',
    command,
  )
}
