import { parseArgs } from 'node:util'
import { clientGrammar } from './client-arguments.ts'
import { facilityGrammar } from './facility-arguments.ts'
import { usageFault } from './operator-fault.ts'

const text = { type: 'string' } as const
const yes = { type: 'boolean' } as const
const options = {
  ...{ json: yes, help: { ...yes, short: 'h' }, data: text },
  ...{ billing: text, limit: text, 'no-limit': yes, currency: text, grace: text, name: text },
  ...{ live: yes, test: yes, publishable: yes, scopes: text, expires: text, reference: text },
  ...{ hours: text },
  ...{ since: text, hold: yes, release: yes, repair: yes },
} as const

const everywhere = ['json', 'help', 'data']
const ofTerms = ['billing', 'limit', 'no-limit', 'currency', 'grace']
/** What each command takes: its words after the name, and its options. */
const grammar: Readonly<Record<string, { readonly words: readonly string[]; readonly options: readonly string[] }>> = {
  'account add': { words: ['NAME'], options: ofTerms },
  'account list': { words: [], options: [] },
  'account show': { words: ['ACCOUNT'], options: [] },
  'account set': { words: ['ACCOUNT'], options: [...ofTerms, 'name'] },
  'key add': { words: ['ACCOUNT'], options: ['live', 'test', 'publishable', 'scopes', 'name', 'expires'] },
  deposit: { words: ['ACCOUNT', 'AMOUNT', 'CURRENCY'], options: ['test', 'reference'] },
  'prices list': { words: [], options: [] },
  'prices set': { words: ['FILE'], options: [] },
  'checkout-keys': { words: [], options: ['expires'] },
  'documents check': { words: [], options: ['repair'] },
  reconcile: { words: [], options: ['since', 'hold', 'release'] },
  ...facilityGrammar,
  ...clientGrammar,
}

export type CommandValues = ReturnType<typeof parsed>['values']

/** Options and words of the command line; throws OperatorFault for an option that no command has. */
export function parsed(commandLine: readonly string[]) {
  try {
    return parseArgs({ args: [...commandLine], allowPositionals: true, options })
  } catch (cause) {
    const words = cause instanceof Error ? cause.message.split('. ')[0] : String(cause)
    throw usageFault(`The command line cannot be read: ${words}.`)
  }
}

/** The words after a command, as many as it takes; throws OperatorFault for other words and for options that are not its own. */
export function wordsOf(name: string, words: readonly string[], values: CommandValues): readonly string[] {
  const wanted = Object.hasOwn(grammar, name) ? grammar[name] : undefined
  if (!wanted) {
    throw usageFault(`There is no command ${JSON.stringify(name)}.`, `They are ${Object.keys(grammar).join(', ')}.`)
  }
  if (words.length !== wanted.words.length || words.some((word) => word.trim() === '')) {
    const takes = wanted.words.length === 0 ? 'nothing' : wanted.words.join(' ')
    throw usageFault(`"${name}" takes ${takes} after it; names with spaces need quotes.`)
  }
  const foreign = Object.keys(values).find((option) => ![...everywhere, ...wanted.options].includes(option))
  if (foreign !== undefined) throw usageFault(`"${name}" has no --${foreign}.`)
  return words
}
