import type { StoredAccount } from '../accounts/account-store.ts'
import { exitCodes, OperatorFault } from './operator-fault.ts'
import { createOperatorStore } from './operator-store.ts'
import type { OperatorWorld } from './run-operator.ts'

/** The one account with that id or name; throws OperatorFault when there is none, or more than one. */
export async function wantedAccount({ database }: OperatorWorld, idOrName: string): Promise<StoredAccount> {
  const [account, other] = await createOperatorStore(database).named(idOrName)
  if (!account) {
    const lines = [
      `There is no account ${JSON.stringify(idOrName)}.`,
      '"npm run operator -- account list" shows them all.',
    ]
    throw new OperatorFault(exitCodes.refused, lines)
  }
  if (other && account.id !== idOrName) {
    const lines = [`More than one account is named ${JSON.stringify(idOrName)}.`, 'Say its id (acc_…) instead.']
    throw new OperatorFault(exitCodes.refused, lines)
  }
  return account
}
