import type { Database } from '#chassis/database.ts'
import { Refused, Transient } from '#chassis/errors.ts'
import type { Publishing } from '../published/publishing.ts'
import type { ClaimPlace } from '../restore/read-claims.ts'
import { addAccount, listAccounts, setAccount, showAccount } from './account-commands.ts'
import { type OperatorCommand, readOperatorArguments } from './arguments.ts'
import { makeCheckoutKeys } from './checkout-keys-command.ts'
import { runClientCommand } from './client-commands.ts'
import { depositMoney } from './deposit-command.ts'
import { checkPublished } from './documents-command.ts'
import { runFacilityCommand } from './facility-commands.ts'
import { operatorHelp } from './help.ts'
import { addKey } from './key-command.ts'
import { exitCodes, OperatorFault } from './operator-fault.ts'
import { listPrices, setPrices } from './price-commands.ts'
import { reconcile } from './reconcile-command.ts'

/** What a command has to say: the same for people and for machines. */
export type Told = { readonly text: string; readonly json: unknown }

export type OperatorWorld = {
  readonly database: Database
  /** Where facilities put their claims; asked for when it is needed. */
  readonly claims: () => ClaimPlace
  /** Where documents are published; asked for when it is needed. */
  readonly stores: () => Publishing['stores']
  /** Of the API, as print clients see it. */
  readonly apiUrl: () => string
  readonly now: () => Date
}

/**
 * Runs one command of the operator and gives what is to be printed. `connect` is asked for the database when it is needed, with
 * the folder of --data, `connectClaims` for the bucket of the claims, `connectStores` for those of the documents,
 * `connectApi` for the API's address. Throws OperatorFault with words and the exit code.
 */
export async function runOperator(
  commandLine: readonly string[],
  connect: (dataFolder: string | undefined) => Database,
  now: () => Date,
  connectClaims: (dataFolder: string | undefined) => ClaimPlace = noClaims,
  connectStores: (dataFolder: string | undefined) => Publishing['stores'] = noStores,
  connectApi: (dataFolder: string | undefined) => string = noApi,
): Promise<string> {
  const { command, isJson, dataFolder } = readOperatorArguments(commandLine)
  if (command.name === 'help') return operatorHelp
  const world = {
    database: connect(dataFolder),
    claims: () => connectClaims(dataFolder),
    stores: () => connectStores(dataFolder),
    apiUrl: () => connectApi(dataFolder),
    now,
  }
  try {
    const told = await run(command, world)
    return isJson ? `${JSON.stringify(told.json, undefined, 2)}\n` : told.text
  } catch (error) {
    throw translated(error)
  }
}

function noClaims(): never {
  throw new OperatorFault(exitCodes.usage, ['Where the claims are is not known here.'])
}

function noStores(): never {
  throw new OperatorFault(exitCodes.usage, ['Where documents are published is not known here.'])
}

function noApi(): never {
  throw new OperatorFault(exitCodes.usage, ['The address of the API is not known here.'])
}

function run(command: Exclude<OperatorCommand, { name: 'help' }>, world: OperatorWorld): Promise<Told> {
  switch (command.name) {
    case 'account add':
      return addAccount(world, command)
    case 'account list':
      return listAccounts(world)
    case 'account show':
      return showAccount(world, command)
    case 'account set':
      return setAccount(world, command)
    case 'key add':
      return addKey(world, command)
    case 'checkout-keys':
      return makeCheckoutKeys(world, command)
    case 'deposit':
      return depositMoney(world, command)
    case 'prices list':
      return listPrices(world)
    case 'prices set':
      return setPrices(world, command)
    case 'documents check':
      return checkPublished(world, command)
    case 'facility client':
      return runClientCommand(world, command.command)
    case 'facility':
      return runFacilityCommand(world, command.command)
    case 'reconcile':
      return reconcile(world, command.wanted)
    default:
      return command satisfies never
  }
}

/** What a field of the API is called here. */
const optionOf: Readonly<Record<string, string>> = { '/scopes': '--scopes', '/expires_at': '--expires' }

function translated(error: unknown): unknown {
  if (error instanceof Transient) {
    const lines = [
      'The database does not answer.',
      'Nothing is known to be done: look with "account show", and run it again.',
    ]
    return new OperatorFault(exitCodes.unavailable, lines, { cause: error })
  }
  if (error instanceof Refused) {
    const issues = error.issues.map(({ pointer, detail }) => `${optionOf[pointer] ?? pointer}: ${detail}`)
    return new OperatorFault(exitCodes.refused, issues.length > 0 ? issues : [error.message], { cause: error })
  }
  return error
}
