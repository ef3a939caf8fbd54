import { type CurrencyCode, currencyCodes } from '#contracts/money.ts'
import { longestGraceMinutes } from '#contracts/order-api/account.ts'
import { allScopes, type Scope } from '#contracts/order-api/scopes.ts'
import type { KeyKind } from '../auth/api-key.ts'
import { type ClientCommand, clientCommandOf } from './client-arguments.ts'
import { parsed, type CommandValues as Values, wordsOf } from './command-grammar.ts'
import { type FacilityCommand, facilityCommandOf } from './facility-arguments.ts'
import { usageFault } from './operator-fault.ts'
import type { WantedReconciliation } from './reconcile-command.ts'

/** What is to be said of an account; what is absent stays. The limit is read once its currency is known. */
export type TermsWanted = {
  readonly name?: string
  readonly billing?: 'prepaid' | 'invoice'
  readonly limit?: string | 'none'
  readonly currency?: CurrencyCode
  readonly graceMinutes?: number
}

export type OperatorCommand =
  | { readonly name: 'help' }
  | { readonly name: 'account add'; readonly accountName: string; readonly terms: TermsWanted }
  | { readonly name: 'account list' }
  | { readonly name: 'account show'; readonly account: string }
  | { readonly name: 'account set'; readonly account: string; readonly terms: TermsWanted }
  | {
      readonly name: 'key add'
      readonly account: string
      readonly isTest: boolean
      readonly kind: KeyKind
      readonly scopes: readonly Scope[] | null
      readonly keyName: string
      readonly expires: string | undefined
    }
  | { readonly name: 'checkout-keys'; readonly expires: string | undefined }
  | {
      readonly name: 'deposit'
      readonly account: string
      readonly amount: string
      readonly currency: CurrencyCode
      readonly isTest: boolean
      readonly reference: string | undefined
    }
  | { readonly name: 'prices list' }
  | { readonly name: 'prices set'; readonly file: string }
  | { readonly name: 'documents check'; readonly isRepair: boolean }
  | { readonly name: 'reconcile'; readonly wanted: WantedReconciliation }
  | { readonly name: 'facility'; readonly command: FacilityCommand }
  | { readonly name: 'facility client'; readonly command: ClientCommand }

export type OperatorArguments = {
  readonly command: OperatorCommand
  readonly isJson: boolean
  readonly dataFolder: string | undefined
}

/** Reads the command line; throws OperatorFault. */
export function readOperatorArguments(commandLine: readonly string[]): OperatorArguments {
  const { values, positionals } = parsed(commandLine)
  const isHelp = values.help === true || positionals.length === 0 || positionals[0] === 'help'
  return {
    command: isHelp ? { name: 'help' } : commandOf(positionals, values),
    isJson: values.json ?? false,
    dataFolder: values.data,
  }
}

const oneWord = ['checkout-keys', 'deposit', 'reconcile']

function commandOf(positionals: readonly string[], values: Values): OperatorCommand {
  const parts = oneWord.some((each) => each === positionals[0]) ? 1 : 2
  const name = positionals.slice(0, parts).join(' ')
  const [word = '', ...more] = wordsOf(name, positionals.slice(parts), values)
  switch (name) {
    case 'account add':
      return { name, accountName: word, terms: termsOf(values) }
    case 'account show':
      return { name, account: word }
    case 'account set':
      return { name, account: word, terms: termsOf(values) }
    case 'key add':
      return keyOf(word, values)
    case 'checkout-keys':
      return { name, expires: values.expires }
    case 'deposit':
      return depositOf(word, more, values)
    case 'prices list':
      return { name }
    case 'prices set':
      return { name, file: word }
    case 'documents check':
      return { name, isRepair: values.repair === true }
    case 'reconcile':
      return { name, wanted: { since: values.since, hold: holdOf(values) } }
    default: {
      const ofClient = clientCommandOf(name, [word, ...more], values)
      if (ofClient) return { name: 'facility client', command: ofClient }
      const command = facilityCommandOf(name, word)
      return command ? { name: 'facility', command } : { name: 'account list' }
    }
  }
}

function termsOf(values: Values): TermsWanted {
  const { billing, limit, currency, grace, name } = values
  if (limit !== undefined && values['no-limit']) throw usageFault('--limit and --no-limit exclude each other.')
  if (name?.trim() === '') throw usageFault('--name is empty.')
  return {
    ...(name === undefined ? {} : { name }),
    ...(billing === undefined ? {} : { billing: oneOf('--billing', billing, ['prepaid', 'invoice'] as const) }),
    ...(limit === undefined ? {} : { limit }),
    ...(values['no-limit'] ? { limit: 'none' as const } : {}),
    ...(currency === undefined ? {} : { currency: oneOf('--currency', currency, currencyCodes) }),
    ...(grace === undefined ? {} : { graceMinutes: graceOf(grace) }),
  }
}

function keyOf(account: string, values: Values): OperatorCommand {
  if (values.live === values.test) throw usageFault('Say either --live or --test: the world the key works in.')
  const scopes = values.scopes?.split(',').map((scope) => oneOf('--scopes', scope.trim(), allScopes))
  return {
    name: 'key add',
    account,
    isTest: values.test === true,
    kind: values.publishable ? 'publishable' : 'secret',
    scopes: scopes ?? null,
    keyName: values.name ?? 'operator',
    expires: values.expires,
  }
}

function depositOf(account: string, [amount = '', currency = '']: readonly string[], values: Values): OperatorCommand {
  return {
    name: 'deposit',
    account,
    amount,
    currency: oneOf('The currency', currency, currencyCodes),
    isTest: values.test === true,
    reference: values.reference,
  }
}

function holdOf({ hold, release }: Values): WantedReconciliation['hold'] {
  if (hold && release) throw usageFault('--hold and --release exclude each other.')
  if (hold) return 'on'
  return release ? 'off' : 'as_it_is'
}

function graceOf(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) <= longestGraceMinutes) return Number(text)
  throw usageFault(`--grace is ${JSON.stringify(text)}.`, `It must be whole minutes, 0 to ${longestGraceMinutes}.`)
}

function oneOf<T extends string>(option: string, found: string, allowed: readonly T[]): T {
  const match = allowed.find((each) => each === found)
  if (match !== undefined) return match
  throw usageFault(`${option} is ${JSON.stringify(found)}.`, `It must be of ${allowed.join(', ')}.`)
}
