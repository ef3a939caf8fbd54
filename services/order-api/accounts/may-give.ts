import { Refused } from '#chassis/errors.ts'
import type { Scope } from '#contracts/order-api/scopes.ts'
import type { Principal } from '../auth/principal.ts'

/**
 * Nobody gives, changes or takes away more than they have: throws Refused `insufficient_scope` where `scopes` go beyond the
 * caller's own. `what` begins the sentence, `pointer` is the field that asks for them, if one does.
 */
export function requireOwnScopes(caller: Principal, scopes: readonly Scope[], what: string, pointer?: string): void {
  const lacking = scopes.filter((scope) => !caller.scopes.includes(scope))
  if (lacking.length === 0) return
  const detail = `${what} ${lacking.join(', ')}, which the key that asks does not have itself.`
  throw new Refused('insufficient_scope', detail, pointer === undefined ? [] : [{ pointer, detail }])
}
