import type { IncomingMessage } from 'node:http'
import { Refused } from '#chassis/errors.ts'
import { Id } from '#contracts/ids.ts'
import { matches } from '#contracts/parse.ts'

/** Whose orders the platform's checkout places; every other key leaves it out. */
export const accountHeader = 'printcloud-account'

const AccountId = Id('account')

/** The account that a request names; undefined without the header. Throws Refused for what is no id: two of them, too. */
export function actingAccount({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const named = headers[accountHeader]
  if (named === undefined) return undefined
  if (typeof named === 'string' && matches(AccountId, named)) return named
  throw new Refused('invalid_request', 'Printcloud-Account must be one id of an account: acc_ and 26 characters.')
}
