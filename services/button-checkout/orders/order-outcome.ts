import type { SaleStanding } from '#contracts/order-api/sales.ts'
import { PrintcloudError } from '../../order-client/printcloud-error.ts'

/**
 * What became of an order that was sent. `not_taken`: it surely did not get there, or was turned away at the door. `unknown`: it may have been
 * taken. Both are tried again for ever; only `refused` never is.
 */
export type OrderOutcome =
  | { readonly kind: 'taken'; readonly sale: SaleStanding }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'not_taken' | 'unknown'; readonly code: string }

/**
 * Codes that say: never. Everything else may be our own mistake (a key without its scope, a master key that only one of the two services has,
 * an account without credit) and is for an operator to mend, not for the customer to lose the order.
 */
const finalCodes: readonly string[] = [
  'invalid_request',
  'not_found',
  'action_not_allowed',
  'quote_expired',
  'quote_mismatch',
  'price_unknown',
  'shipping_unknown',
  'tax_unknown',
  'sale_closed',
]
/**
 * Faults that pass: no open facility makes it at the moment, or a clock of ours is wrong, so that the payment seems to be in the future. The
 * order waits, its customer may cancel meanwhile, and the alarm rings.
 */
const passingFault = /^\/items\/\d+\/sku$|^\/sale\/paid_at$/
const turnedAwayStatuses: readonly number[] = [401, 403, 429]
/** The connection was never there. */
const unreachableCodes: readonly string[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']

/** Decides by what the client threw; what is no answer and no failure of the way goes on: it is a bug. */
export function outcomeOf(error: unknown): OrderOutcome {
  if (!(error instanceof PrintcloudError)) throw error
  const { code, status, detail, errors, isRetryable } = error
  if (errors.length > 0 && errors.every(({ pointer }) => passingFault.test(pointer))) return { kind: 'not_taken', code }
  if (!isRetryable && finalCodes.includes(code)) return { kind: 'refused', code, detail }
  const isTurnedAway = turnedAwayStatuses.includes(status) && !code.startsWith('http_')
  return { kind: isTurnedAway || code === 'circuit_open' || isUnreachable(error) ? 'not_taken' : 'unknown', code }
}

/** Node puts the reason into the cause of the cause. */
function isUnreachable(error: Error): boolean {
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && unreachableCodes.includes(String(cause.code))) return true
  }
  return false
}
